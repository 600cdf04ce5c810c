package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.DaemonListener;
import io.quarkiverse.procdaemon.runtime.engine.events.EventLog;
import io.quarkiverse.procdaemon.runtime.engine.events.ReportText;

/** A secret in what users' code throws is in nothing that leaves the engine: records, events, messages, causes, log. */
class MaskedTest {

    private static final String SECRET = "s3cr3t-value";

    private final TestDaemon daemon = new TestDaemon();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger("io.quarkiverse.procdaemon");
    private final Handler handler = new Handler() {

        @Override
        public void publish(LogRecord line) {
            log.add(ExtLogRecord.wrap(line).getFormattedMessage() + printed(line.getThrown()));
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // nor open
        }
    };

    @BeforeEach
    void mask() {
        daemon.mask = text -> text.replace(SECRET, "***");
        daemon.listeners.add(new EventLog());
        logger.addHandler(handler);
    }

    @AfterEach
    void nothingIsLogged() {
        logger.removeHandler(handler);
        assertThat(log).isNotEmpty().noneMatch(line -> line.contains(SECRET));
    }

    private static String printed(Throwable thrown) {
        if (thrown == null) {
            return "";
        }
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /** In a place of an exception. */
    private static RuntimeException secretIn(String place) {
        IllegalStateException secret = new IllegalStateException("the token " + SECRET + " is bad");
        return switch (place) {
            case "message" -> secret;
            case "cause" -> new IllegalStateException("no connection", secret);
            case "suppressed" -> {
                IllegalStateException around = new IllegalStateException("no connection");
                around.addSuppressed(secret);
                yield around;
            }
            case "late" -> new IllegalStateException("x".repeat(995) + SECRET);
            default -> new IllegalStateException("no connection") {

                private static final long serialVersionUID = 1L;

                @Override
                public String toString() {
                    return "with " + SECRET;
                }
            };
        };
    }

    @ParameterizedTest
    @ValueSource(strings = { "message", "cause", "suppressed", "late", "toString" })
    void ofAStart(String place) {
        daemon.add("a").onStart(context -> {
            throw secretIn(place);
        });
        Throwable failure = catchThrowable(daemon::started);
        assertThat(printed(failure)).contains("PD-").doesNotContain(SECRET.substring(0, 6));
        assertHidden(daemon.info("a").lastFailure().orElseThrow());
        daemon.events.awaitEnd();
    }

    private static void assertHidden(Failure failure) {
        assertThat(failure.toString()).doesNotContain(SECRET, SECRET.substring(0, 6));
    }

    @Test
    void ofABodyAndItsCleanUp() {
        CompletableFuture<Void> body = new CompletableFuture<>();
        daemon.add("a").settings(settings -> settings.withCritical(false)).runAsync(context -> body)
                .onStop(context -> {
                    throw secretIn("message");
                });
        daemon.started();
        body.completeExceptionally(secretIn("cause"));
        daemon.events.await("GaveUp a");
        daemon.stop();
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.FAILED);
        assertThat(daemon.events.all().toString()).contains("the token *** is bad").doesNotContain(SECRET);
        assertThat(ReportText.of(daemon.engine().lastShutdown().orElseThrow())).doesNotContain(SECRET);
        assertThat(daemon.engine().subsystems().toString()).doesNotContain(SECRET);
    }

    @Test
    void ofAnActionAndOfAListener() {
        daemon.listeners.add(new DaemonListener() {

            @Override
            public void onEvent(SubsystemEvent event) {
                throw secretIn("cause");
            }
        });
        daemon.add("a").onStart(context -> context.onShutdown(() -> {
            throw secretIn("message");
        }));
        daemon.started();
        daemon.stop();
        assertThat(log).anyMatch(line -> line.contains("it failed while it stopped") && line.contains("***"))
                .anyMatch(line -> line.contains("The listener") && line.contains("***"));
    }

    @Test
    void ofWorkThatOthersDo() {
        daemon.add("a").settings(settings -> settings.withCritical(false));
        daemon.started();
        daemon.engine().beginErrand("a").orElseThrow().fail(secretIn("message"));
        daemon.events.await("GaveUp a");
        assertHidden(daemon.info("a").lastFailure().orElseThrow());
        daemon.stop();
    }

    @Test
    void ofAVeto() {
        daemon.add("a").onReload(change -> {
            throw secretIn("message");
        });
        daemon.started();
        Throwable veto = catchThrowable(
                () -> TestDaemon.get(daemon.ask(name -> true, Duration.ofSeconds(10), Asking.CHANGE, Asking.INVERSE,
                        Asking.NOTHING)));
        assertThat(veto).hasMessageContaining("vetoed it: IllegalStateException: the token *** is bad");
        assertThat(printed(veto)).doesNotContain(SECRET);
        daemon.stop();
    }

    @Test
    void ofAProbe() throws InterruptedException {
        daemon.add("a").healthy(() -> {
            throw secretIn("message");
        });
        daemon.started();
        for (int i = 0; i < 3; i++) {
            daemon.time.awaitNextIn(Duration.ofSeconds(5));
            daemon.time.advance(Duration.ofSeconds(5));
        }
        daemon.events.await("HealthChanged a");
        assertThat(daemon.events.all().toString()).contains("the token *** is bad").doesNotContain(SECRET);
        daemon.stop();
    }
}
