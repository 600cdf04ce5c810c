package io.quarkiverse.procdaemon.runtime.wiring;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import io.quarkiverse.procdaemon.runtime.engine.shutdown.ProcessControl;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;

/**
 * The process of a Quarkus application: in production it ends with the daemon, in dev mode and tests it continues without it.
 */
final class QuarkusProcess implements ProcessControl {

    private volatile boolean exiting;

    /** Whether this class is ending the JVM. */
    boolean isExiting() {
        return exiting;
    }

    @Override
    public void exit(int code) {
        Quarkus.asyncExit(code);
    }

    @Override
    public void exitNow(int code) {
        if (canHalt()) {
            exiting = true;
            System.exit(code);
        }
    }

    @Override
    public boolean canHalt() {
        return LaunchMode.current() == LaunchMode.NORMAL;
    }

    @Override
    public boolean outlivesDaemon() {
        return LaunchMode.current() == LaunchMode.TEST;
    }

    @Override
    public void halt(int code) {
        Runtime.getRuntime().halt(code);
    }

    // Such a thread waits for the end of the application, which waits for the thread.
    @Override
    public boolean isAwaitedBy(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (frame.getMethodName().equals("blockingExit") && frame.getClassName().equals(Quarkus.class.getName())) {
                return true;
            }
        }
        return ProcessControl.super.isAwaitedBy(stack);
    }

    @Override
    public boolean isEndedBy(StackTraceElement[] stack) {
        return !exiting && ProcessControl.super.isEndedBy(stack);
    }

    // Not System.err, whose lock a hanging thread may hold. Never closed: that would close stderr for the whole process.
    @Override
    public void print(String text) {
        try {
            new FileOutputStream(FileDescriptor.err).write((text + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }
}
