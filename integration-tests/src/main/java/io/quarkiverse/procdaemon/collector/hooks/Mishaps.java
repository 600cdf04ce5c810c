package io.quarkiverse.procdaemon.collector.hooks;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkus.runtime.Quarkus;

/** Makes things go wrong. */
@Singleton
class Mishaps {

    private static final Logger LOG = Logger.getLogger(Mishaps.class);
    private static final int EXIT_CODE = 3;
    private static final int SHUTDOWN_CODE = 7;

    @Inject
    ArmedFaults faults;

    @Inject
    HookConfig config;

    @Inject
    Daemon daemon;

    /** Does what the fault that is armed for this place does, if there is one. */
    void meet(String place) throws Exception {
        Fault fault = faults.take(place);
        if (fault == Fault.DELAY) {
            delay(place);
        } else if (fault != null) {
            throw befall(place, fault);
        }
    }

    /** Carries out the fault; returns, if it does, what must be thrown. */
    IllegalStateException befall(String place, Fault fault) throws Exception {
        LOG.infof("%s meets the fault %s", place, fault);
        switch (fault) {
            case WAIT -> new CountDownLatch(1).await();
            case IGNORE_INTERRUPTS -> ignoreInterrupts();
            case BLOCK, DELAY -> block();
            case SPIN -> spin();
            case FLOOD -> flood();
            case EXIT -> System.exit(EXIT_CODE);
            case BLOCKING_EXIT -> Quarkus.blockingExit();
            case SHUTDOWN -> shutdown();
            case HOLD_LOCK -> Locks.hold();
            case TAKE_LOCK -> Locks.take();
            case DEADLOCK -> Locks.deadlock();
            case OUT_OF_MEMORY -> Heap.fill();
            case EXHAUST_HEAP -> Heap.exhaust();
            case LEAK, LITTER, FORGET -> Heap.use(fault);
            case FAIL, FAIL_AFTERWARDS -> LOG.debug("Nothing more is done");
        }
        return new IllegalStateException("A test made " + place + " fail");
    }

    /** Lets it wait for a writer of the pipe. */
    void delay(String place) throws IOException {
        LOG.infof("%s is delayed", place);
        block();
    }

    private void shutdown() throws InterruptedException {
        daemon.shutdown(SHUTDOWN_CODE);
        new CountDownLatch(1).await();
    }

    static void ignoreInterrupts() {
        CountDownLatch never = new CountDownLatch(1);
        while (never.getCount() > 0) {
            try {
                never.await();
            } catch (InterruptedException e) {
                LOG.info("An interrupt is ignored");
            }
        }
    }

    /** Opening a pipe waits for a writer, deep in the system. */
    private void block() throws IOException {
        try (InputStream pipe = new FileInputStream(config.pipe().orElseThrow().toFile())) {
            LOG.infof("The pipe has a writer and said %d", pipe.read());
        }
    }

    private static void spin() {
        for (long round = 0; round >= 0; round++) {
            Thread.onSpinWait();
        }
    }

    private static void flood() {
        for (long line = 0; line >= 0; line++) {
            LOG.infof("Line %d of a flood", line);
        }
    }
}
