package io.quarkiverse.procdaemon.extension;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.SubsystemListener;
import io.quarkiverse.procdaemon.event.SubsystemEvent;

/** Hears of everything, calls the daemon, and throws each time. */
@Singleton
public class Listener implements SubsystemListener {

    private final List<String> heard = new CopyOnWriteArrayList<>();

    @Inject
    Daemon daemon;

    @Override
    public void onEvent(SubsystemEvent event) {
        heard.add(
                event.getType() + " " + event.subsystem() + " of " + daemon.name() + " on " + Thread.currentThread().getName());
        throw new IllegalStateException("a listener of another extension");
    }

    /** Each event. */
    public List<String> heard() {
        return heard;
    }
}
