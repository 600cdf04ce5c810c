package io.quarkiverse.procdaemon.runtime.engine;

import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.jboss.logmanager.ExtLogRecord;

/** What is logged to a logger while this is open. */
public final class LogCapture extends Handler implements AutoCloseable {

    private final Logger logger;
    private final Level level;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> fields = new CopyOnWriteArrayList<>();
    private final List<String> shown = new CopyOnWriteArrayList<>();

    public LogCapture(String name) {
        logger = Logger.getLogger(name);
        level = logger.getLevel();
        logger.setLevel(Level.ALL);
        logger.addHandler(this);
    }

    /** Each line as {@code INFO message}. */
    public List<String> lines() {
        return lines;
    }

    /** The same lines, each followed by its fields: {@code INFO message {subsystem=a}}. */
    public List<String> withFields() {
        return fields;
    }

    /** Those of them that are followed by a stack trace. */
    public List<String> withStack() {
        return shown;
    }

    @Override
    public void publish(LogRecord line) {
        String text = line.getLevel() + " " + ExtLogRecord.wrap(line).getFormattedMessage();
        if (line.getThrown() != null) {
            shown.add(text);
        }
        fields.add(text + " " + new TreeMap<>(ExtLogRecord.wrap(line).getMdcCopy()));
        lines.add(text);
    }

    @Override
    public void flush() {
        // nothing is held back
    }

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setLevel(level);
    }
}
