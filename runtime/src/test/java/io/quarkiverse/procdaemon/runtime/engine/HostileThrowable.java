package io.quarkiverse.procdaemon.runtime.engine;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;

/** Exceptions that users' code may throw and that do harm when they are looked at, each with what is known of it after. */
enum HostileThrowable {

    MESSAGE_THROWS(() -> new RuntimeException() {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new NullPointerException();
        }
    }, "(its getMessage() threw java.lang.NullPointerException)"),
    TEXT_THROWS(() -> new RuntimeException("text") {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            throw new StackOverflowError();
        }
    }, "text"),
    CAUSE_THROWS(() -> new RuntimeException("cause") {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable getCause() {
            throw new AssertionError();
        }
    }, "cause"),
    WRAPPER_WHOSE_CAUSE_THROWS(() -> new CompletionException("wrapper", null) {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable getCause() {
            throw new NullPointerException();
        }
    }, "wrapper"),
    STACK_THROWS(() -> new RuntimeException("stack") {
        private static final long serialVersionUID = 1L;

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException();
        }
    }, "stack"),
    STACK_IS_NULL(() -> new RuntimeException("no stack") {
        private static final long serialVersionUID = 1L;

        @Override
        public StackTraceElement[] getStackTrace() {
            return null;
        }
    }, "no stack"),
    A_FRAME_IS_NULL(() -> new RuntimeException("x".repeat(20_000)) {
        private static final long serialVersionUID = 1L;

        @Override
        public StackTraceElement[] getStackTrace() {
            return new StackTraceElement[] { null, super.getStackTrace()[0] };
        }
    }, "x".repeat(Thrown.MESSAGE - 1) + "…"),
    CAUSES_ARE_A_RING(() -> {
        RuntimeException one = new RuntimeException("ring");
        RuntimeException other = new RuntimeException("other", one);
        one.initCause(other);
        return one;
    }, "ring"),
    CAUSES_HAVE_NO_END(() -> new RuntimeException("endless") {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable getCause() {
            return HostileThrowable.CAUSES_HAVE_NO_END.make();
        }
    }, "endless"),
    SUPPRESSES_A_HOSTILE_ONE(() -> {
        RuntimeException thrown = new RuntimeException("suppresses");
        thrown.addSuppressed(MESSAGE_THROWS.make());
        return thrown;
    }, "suppresses"),
    CAUSED_BY_A_HOSTILE_ONE(() -> new RuntimeException("caused", MESSAGE_THROWS.make()), "caused"),
    IS_HUGE(() -> new RuntimeException("x".repeat(2 << 20)), "x".repeat(Thrown.MESSAGE - 1) + "…"),
    SAYS_NULL(() -> new RuntimeException() {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            return null;
        }
    }, "");

    private final Supplier<RuntimeException> maker;
    private final String message;

    HostileThrowable(Supplier<RuntimeException> maker, String message) {
        this.maker = maker;
        this.message = message;
    }

    RuntimeException make() {
        return maker.get();
    }

    /** What is known of what it says. */
    String message() {
        return message;
    }

    /** One whose message does not come until the latch opens. */
    static RuntimeException blocking(CountDownLatch asked, CountDownLatch release) {
        return new RuntimeException() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                asked.countDown();
                TestDaemon.ignoringInterrupts(release);
                return "at last";
            }
        };
    }
}
