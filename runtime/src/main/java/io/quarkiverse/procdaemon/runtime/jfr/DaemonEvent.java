package io.quarkiverse.procdaemon.runtime.jfr;

import java.time.Duration;
import java.util.OptionalInt;

import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;
import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;

/** What all have in common. The stack trace would be that of the thread that notifies listeners. */
@Registered(false)
@StackTrace(false)
@Category("proc-daemon")
abstract class DaemonEvent extends Event {

    /** Tools show it as not available, as a time and as a duration. */
    static final long NONE = Long.MIN_VALUE;

    private static final int MOST = 500;

    static String text(String any) {
        // Escaping makes it longer at most; before, it may be much longer than what is kept.
        return PlainText.cut(PlainText.escape(PlainText.cut(any, MOST)), MOST);
    }

    static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException tooLong) {
            return Long.MAX_VALUE;
        }
    }

    static int exitCode(OptionalInt code) {
        return code.orElse(-1);
    }
}
