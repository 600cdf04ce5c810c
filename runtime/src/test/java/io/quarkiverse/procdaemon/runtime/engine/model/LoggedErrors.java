package io.quarkiverse.procdaemon.runtime.engine.model;

import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the engine logs as an error, such as a message that could not be handled, is a fault of the case it happens in. */
final class LoggedErrors extends Handler {

    private static final InheritableThreadLocal<Consumer<LogRecord>> CASE = new InheritableThreadLocal<>();
    private static final Logger ENGINE = Logger.getLogger("io.quarkiverse.procdaemon.runtime.engine");

    /** Errors of this thread, and of those that it and they start, belong there from now on. */
    static void go(Faults faults) {
        go((LogRecord entry) -> faults.add("%s logs: %s %s", entry.getLoggerName(), entry.getMessage(), entry.getThrown()));
    }

    /** The same for those who expect some. */
    static void go(Consumer<LogRecord> heard) {
        CASE.set(heard);
    }

    static LoggedErrors watch() {
        LoggedErrors handler = new LoggedErrors();
        ENGINE.addHandler(handler);
        return handler;
    }

    @Override
    public void publish(LogRecord entry) {
        Consumer<LogRecord> heard = CASE.get();
        if (heard != null && entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
            heard.accept(entry);
        }
    }

    @Override
    public void flush() {
    }

    @Override
    public void close() {
        ENGINE.removeHandler(this);
    }
}
