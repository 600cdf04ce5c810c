package io.quarkiverse.procdaemon.control;

import jakarta.inject.Inject;

import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Subsystem;

@Subsystem("journal")
class Journal {

    @Inject
    Hooks hooks;

    @OnStart
    void open() throws InterruptedException {
        hooks.waitWhile("hold-start");
    }

    @OnStop
    void close() throws InterruptedException {
        hooks.waitWhile("hold-stop");
    }
}
