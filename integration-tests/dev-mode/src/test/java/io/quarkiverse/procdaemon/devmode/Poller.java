package io.quarkiverse.procdaemon.devmode;

import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.Healthy;
import io.quarkiverse.procdaemon.LiveConfig;
import io.quarkiverse.procdaemon.OnReload;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.Subsystem;
import io.vertx.ext.web.Router;

/** A subsystem that a test edits; it says which text of it runs. */
@Subsystem
public class Poller {

    private static final String VERSION = "version 0";

    @Inject
    Daemon daemon;

    @Inject
    LiveConfig<Settings> settings;

    private final AtomicInteger polls = new AtomicInteger();

    @OnStart
    void open() {
        polls.set(0);
    }

    @Run(every = "100ms")
    void poll() {
        polls.incrementAndGet();
    }

    @Healthy
    boolean isOpen() {
        return true;
    }

    @OnReload
    void reload() {
        // A vote.
    }

    @OnStop
    void close() {
        polls.set(-1);
    }

    void routes(@Observes Router router) {
        router.get("/poller").handler(context -> context.end(VERSION + ", " + settings.get().text() + ", "
                + (polls.get() < 0 ? "closed" : "open") + ", " + daemon.state() + ", " + daemon.subsystems().stream()
                        .map(some -> some.name() + "#" + some.generation() + " " + some.state()).toList()));
    }
}
