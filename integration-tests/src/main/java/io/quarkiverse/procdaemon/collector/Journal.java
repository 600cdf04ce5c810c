package io.quarkiverse.procdaemon.collector;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

import jakarta.inject.Inject;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.Healthy;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.collector.hooks.FaultPoint;

/** Stores the lines. It fails when they can no longer be written; the next start repairs the file and continues its numbers. */
@Subsystem("journal")
class Journal implements LineStore {

    private static final Logger LOG = Logger.getLogger(Journal.class);

    @Inject
    CollectorConfig config;

    private volatile JournalFile file;
    private volatile IOException failure;
    private volatile CountDownLatch ended;

    @OnStart
    void open() throws IOException {
        failure = null;
        ended = new CountDownLatch(1);
        LOG.infof("Opening %s", path());
        file = JournalFile.open(config.journal());
        if (file.torn() > 0) {
            LOG.warnf("Cut a torn last line of %d bytes off %s; it was never acknowledged", file.torn(), file.path());
        }
        LOG.infof("%s has %d lines", file.path(), file.lines());
    }

    @Run
    @FaultPoint
    void watch(ShutdownHandle shutdown) throws IOException, InterruptedException {
        shutdown.onShutdown(ended::countDown);
        ended.await();
        if (failure != null) {
            throw failure;
        }
    }

    @OnStop
    @FaultPoint
    void close() throws IOException {
        JournalFile open = file;
        file = null;
        if (open != null) {
            open.close();
            LOG.infof("Closed %s at %d lines", open.path(), open.lines());
        }
    }

    @Healthy
    boolean takesLines() {
        return file != null && failure == null;
    }

    @Override
    public long lines() {
        return opened().lines();
    }

    @Override
    @FaultPoint
    public void append(LineBatch batch) throws IOException {
        try {
            opened().append(batch);
        } catch (IOException e) {
            failure = failure == null ? e : failure;
            ended.countDown();
            throw e;
        }
    }

    /** Where the lines can be read, as plain text. */
    Path path() {
        return config.journal();
    }

    /** How many bytes of {@link #path()} are on disk and good; what comes after may vanish. */
    long length() {
        return opened().length();
    }

    private JournalFile opened() {
        JournalFile open = file;
        if (open == null) {
            throw new IllegalStateException("The journal " + path() + " is not open");
        }
        return open;
    }
}
