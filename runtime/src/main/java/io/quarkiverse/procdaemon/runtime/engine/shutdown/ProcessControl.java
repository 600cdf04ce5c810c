package io.quarkiverse.procdaemon.runtime.engine.shutdown;

/** How the process of the daemon is ended. */
public interface ProcessControl {

    /** For an engine that lives in a process which others end. */
    ProcessControl NONE = new ProcessControl() {
        @Override
        public void exit(int code) {
            // The code that made the engine stops it.
        }

        @Override
        public void exitNow(int code) {
            // The same.
        }

        @Override
        public boolean canHalt() {
            return false;
        }

        @Override
        public void halt(int code) {
            throw new UnsupportedOperationException("this process is not to be halted");
        }

        @Override
        public void print(String text) {
            System.err.println(text);
        }
    };

    /** Has the application end in order, which leads to the stop of the engine sooner or later; must not block. */
    void exit(int code);

    /** Has the JVM end in order; may never return. */
    void exitNow(int code);

    /** Whether the process may be halted. */
    boolean canHalt();

    /** Whether the application goes on when a shutdown of the daemon that had another cause is over. */
    default boolean outlivesDaemon() {
        return false;
    }

    /** Ends the process here and now: no hook, no finally block, nothing. Does not return. */
    void halt(int code);

    /**
     * Whether a thread with that stack waits for the end of the process, as one that called {@code System.exit} does: what it
     * was doing has ended, though the thread has not.
     */
    default boolean isAwaitedBy(StackTraceElement[] stack) {
        return isJvmAwaitedBy(stack);
    }

    /** Whether a thread with that stack has the JVM end, with an exit code that only its caller knows. */
    default boolean isEndedBy(StackTraceElement[] stack) {
        return isJvmAwaitedBy(stack);
    }

    /** Whether a thread with that stack waits for the end of the JVM. */
    private static boolean isJvmAwaitedBy(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (frame.getMethodName().equals("exit") && frame.getClassName().equals("java.lang.Shutdown")) {
                return true;
            }
        }
        return false;
    }

    /** Says something without the help of any logging, as a last resort; may block. */
    void print(String text);
}
