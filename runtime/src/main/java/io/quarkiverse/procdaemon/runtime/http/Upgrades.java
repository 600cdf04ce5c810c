package io.quarkiverse.procdaemon.runtime.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.InFlightWork;
import io.quarkiverse.procdaemon.runtime.engine.time.Nanos;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;

/**
 * The connections of the main HTTP server on which another protocol was asked for, such as websockets. They do not end by
 * themselves, so the shutdown closes them. Vert.x gives a websocket only to the route that accepts it, and its connection can
 * close it only as if all were done (1000), so the closing frame is written on the channel.
 */
@Singleton
public class Upgrades implements InFlightWork {

    // As with requests: before all other filters.
    private static final int FIRST = Integer.MAX_VALUE;
    private static final int UNAVAILABLE = 503;
    private static final int GOING_AWAY = 1001;
    /** A peer that is there answers a closing frame at once. */
    private static final int ANSWER_SECONDS = 1;

    /** With the last request that asked, also if it was refused or is not answered yet. */
    private final Map<Channel, HttpServerRequest> asked = new ConcurrentHashMap<>();
    private volatile boolean over;

    void install(@Observes Filters filters) {
        filters.register(this::handle, FIRST);
    }

    // HTTP/2 does not count as another: clients offer it all the time, and who cannot have it gets a response as any other.
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
            if (over) {
                context.response().setStatusCode(UNAVAILABLE).putHeader(HttpHeaders.CONNECTION, "close").end();
                return;
            }
        }
        context.next();
    }

    private void track(Channel channel, HttpServerRequest request) {
        if (asked.put(channel, request) == null) {
            channel.closeFuture().addListener(closed -> CountOfQuarkus.release(asked.remove(channel)));
        }
    }

    /** From now on no connection is upgraded, those that are get closed, and so are those that just become it. */
    @Override
    public void end() {
        over = true;
        for (Channel channel : asked.keySet()) {
            if (channel.pipeline().get(WebSocketFrameEncoder.class) != null) {
                channel.writeAndFlush(new CloseWebSocketFrame(GOING_AWAY, ""));
            } else if (isUpgraded(channel)) {
                channel.close();
            }
            channel.eventLoop().schedule(() -> cut(channel), ANSWER_SECONDS, TimeUnit.SECONDS);
        }
    }

    // Of a websocket, Vert.x makes channel.close() a closing frame and a wait for its answer.
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
        // A loop: the JVM links a lambda the first time, and the first time here is a shutdown.
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
        return open.await(Nanos.of(atMost), TimeUnit.NANOSECONDS);
    }

    @Override
    public String toString() {
        return "The websockets and other upgraded connections";
    }
}
