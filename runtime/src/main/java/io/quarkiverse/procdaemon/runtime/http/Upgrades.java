package io.quarkiverse.procdaemon.runtime.http;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.InFlightWork;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;

/**
 * The connections of the main HTTP server on which another protocol was requested, such as websockets. They do not end by
 * themselves, so the shutdown closes them. Vert.x makes a websocket available only to the route that accepts it, and closing
 * its connection always sends the code 1000 (done), so the closing frame is written to the channel.
 */
@Singleton
public class Upgrades implements InFlightWork {

    private static final Logger LOG = Logger.getLogger(Upgrades.class);

    // As with requests: before all other filters.
    private static final int FIRST = Integer.MAX_VALUE;
    private static final int UNAVAILABLE = 503;
    private static final int GOING_AWAY = 1001;
    /** A living peer answers a closing frame at once. */
    private static final int ANSWER_SECONDS = 1;

    /** With the last request for an upgrade, also if it was refused or is not answered yet. */
    private final Map<Channel, HttpServerRequest> asked = new ConcurrentHashMap<>();
    private volatile boolean closed;

    void install(@Observes Filters filters) {
        filters.register(this::handle, FIRST);
    }

    // HTTP/2 does not count: clients offer it all the time, and get an ordinary response if it is not available.
    static boolean isAskedFor(HttpServerRequest request) {
        String protocol = request.getHeader(HttpHeaders.UPGRADE);
        return protocol != null && !protocol.equalsIgnoreCase("h2c") || request.method() == HttpMethod.CONNECT;
    }

    private void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        // In HTTP/2 a connection is shared with other requests.
        if (isAskedFor(request) && request.version() != HttpVersion.HTTP_2) {
            if (request.connection() instanceof ConnectionBase connection) {
                track(connection.channel(), request);
            }
            if (closed) {
                context.response().setStatusCode(UNAVAILABLE).putHeader(HttpHeaders.CONNECTION, "close").end();
                return;
            }
        }
        context.next();
    }

    private void track(Channel channel, HttpServerRequest request) {
        if (asked.put(channel, request) == null) {
            channel.closeFuture().addListener(closed -> release(asked.remove(channel)));
        }
    }

    /**
     * Removes a request from those that Quarkus waits for within {@code quarkus.shutdown.timeout}; does nothing if it is not
     * among them. A request that became a websocket would stay there, since Vert.x reports no end of its response.
     */
    static void release(HttpServerRequest request) {
        try {
            Method done = QuarkusRequestWrapper.class.getDeclaredMethod("done");
            done.setAccessible(true);
            done.invoke(QuarkusRequestWrapper.get(request));
        } catch (ReflectiveOperationException | RuntimeException unknown) {
            LOG.debug("Quarkus waits for a closed websocket until quarkus.shutdown.timeout is over", unknown);
        }
    }

    /** From now on no connection is upgraded; upgraded ones are closed, and so are those whose upgrade is in progress. */
    @Override
    public void end() {
        closed = true;
        for (Channel channel : asked.keySet()) {
            if (channel.pipeline().get(WebSocketFrameEncoder.class) != null) {
                channel.writeAndFlush(new CloseWebSocketFrame(GOING_AWAY, ""));
            } else if (isUpgraded(channel)) {
                channel.close();
            }
            channel.eventLoop().schedule(() -> cut(channel), ANSWER_SECONDS, TimeUnit.SECONDS);
        }
    }

    // For a websocket, Vert.x turns channel.close() into a closing frame and a wait for its answer.
    private static void cut(Channel channel) {
        if (isUpgraded(channel) && channel.isOpen()) {
            channel.pipeline().firstContext().close();
        }
    }

    private static boolean isUpgraded(Channel channel) {
        return channel.pipeline().get(HttpRequestDecoder.class) == null;
    }

    @Override
    public boolean isAwaitedByServer() {
        return false;
    }

    @Override
    public boolean awaitQuiet(Duration atMost) throws InterruptedException {
        // A loop: the JVM would link a lambda at its first use, which is during a shutdown.
        List<Channel> upgraded = new ArrayList<>();
        for (Channel channel : asked.keySet()) {
            if (isUpgraded(channel)) {
                upgraded.add(channel);
            }
        }
        CountDownLatch open = new CountDownLatch(upgraded.size());
        for (Channel channel : upgraded) {
            channel.closeFuture().addListener(closed -> open.countDown());
        }
        return open.await(Durations.nanos(atMost), TimeUnit.NANOSECONDS);
    }

    @Override
    public String toString() {
        return "The websockets and other upgraded connections";
    }
}
