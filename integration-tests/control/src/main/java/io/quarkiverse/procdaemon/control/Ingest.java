package io.quarkiverse.procdaemon.control;

import java.io.IOException;
import java.time.Duration;

import jakarta.inject.Inject;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.Work;

@Subsystem(value = "ingest", dependsOn = Journal.class)
class Ingest {

    private static final Logger LOG = Logger.getLogger(Ingest.class);

    @Inject
    Hooks hooks;

    @Run
    void serve(SubsystemContext context) throws Exception {
        while (!context.await(Duration.ofMillis(10))) {
            LOG.debug("Nothing to do");
            if (hooks.has("fail")) {
                throw new IOException("the disk \"a\" is full\nreally");
            } else if (hooks.has("busy")) {
                try (Work work = context.begin()) {
                    hooks.waitWhile("busy");
                }
            }
        }
    }
}
