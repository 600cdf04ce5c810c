package io.quarkiverse.procdaemon.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.process.AppHttp;
import io.quarkiverse.procdaemon.process.AppHttp.Check;

/** What the relay needs goes away under load, and comes back: the process lives, nothing is lost and nothing is sent twice. */
class OutageIT extends RelayTest {

    /** How long the database is away. With {@code -Drelay.outage=10m} and the like all settings are the defaults. */
    private static final Duration OUTAGE = Duration
            .parse("PT" + System.getProperty("relay.outage", "12s").toUpperCase(Locale.ROOT));
    private static final boolean LONG = OUTAGE.compareTo(Duration.ofMinutes(1)) >= 0;
    /** Until it is ready again, from the next attempt on. The machine may be busy with other tests unless it is a long one. */
    private static final Duration BACK_WITHIN = Duration.ofSeconds(LONG ? 2 : 15);
    private static final int MOST_LINES = 20;

    /** Settings are the defaults, but for the time after which it counts as stable, if there is no time for that. */
    @Test
    void theDatabaseIsKilled() throws Exception {
        RelayProcess.Launch launch = relay().with("relay.poll-interval", "10ms");
        if (!LONG) {
            launch.with("quarkus.proc-daemon.subsystem.restart.stable-after", "1s");
        }
        try (RelayProcess relay = launch.up()) {
            AppHttp http = relay.http();
            int before;
            Duration took;
            try (Outbox.Load load = outbox.load()) {
                awaitStable(relay);
                before = lines(relay);
                sink.holdAfter(50);
                sink.awaitHeld();
                database.kill();
                sink.release();
                http.awaitReadiness("poller", check -> !check.isUp());
                awaitDown(http, Instant.now().plus(OUTAGE));
                database.start();
                Instant back = Instant.now();
                Check next = http.awaitReadiness("poller", check -> check.isUp() || check.data().containsKey("nextAttempt"));
                Instant attempt = next.isUp() ? back : Instant.parse(next.data().getString("nextAttempt"));
                Check up = http.awaitReadiness("poller", Check::isUp);
                took = Duration.between(attempt, Instant.now());
                assertThat(took).isLessThan(BACK_WITHIN);
                assertThat(up.data().getInteger("restartsLeft")).isEqualTo(10);
            }
            List<String> said = relay.log().lines().skip(before).toList();
            assertThat(said.size()).as("lines:%n%s", String.join("\n", said)).isBetween(2, MOST_LINES);
            assertThat(said).anySatisfy(line -> assertThat(line).contains("poller#1: what it needs is unavailable ("))
                    .last(STRING).contains(": what it needs is available again after ");
            System.out.printf("Database away for %s: %d log lines, ready %s after the attempt%n", OUTAGE, said.size(), took);
            assertNoneLostAndOnlyTwice(List.of(), sink);
            relay.terminate();
            assertThat(relay.awaitExit()).isEqualTo(143);
        }
    }

    /** It is the publisher that fails, though the poller calls it. */
    @Test
    void theSinkGoesAway() throws Exception {
        try (RelayProcess relay = relay().hurried().up()) {
            AppHttp http = relay.http();
            try (Outbox.Load load = outbox.load()) {
                awaitStable(relay);
                sink.goAway();
                Check down = http.awaitReadiness("publisher", check -> check.data().getInteger("restarts") > 3);
                assertThat(down.status()).isEqualTo("DOWN");
                assertThat(down.data().getString("reason")).startsWith("what it needs has been unavailable for ")
                        .endsWith("ConnectException: Connection refused");
                assertThat(http.readiness("poller").state()).isEqualTo("WAITING");
                sink.comeBack();
                Check up = http.awaitReadiness("publisher", Check::isUp);
                assertThat(up.data().getInteger("restartsLeft")).isEqualTo(10);
            }
            assertNoneLostAndOnlyTwice(List.of(), sink);
            Check poller = http.awaitReadiness("poller", Check::isUp);
            assertThat(poller.data().getInteger("restarts")).isZero();
            assertThat(poller.data().containsKey("lastFailure")).isFalse();
            assertThat(relay.log())
                    .contains("publisher#1: what it needs is unavailable (UnavailableException: The sink closed");
        }
    }

    /** Waits until each subsystem has been RUNNING for long enough for outages not to count. */
    private void awaitStable(RelayProcess relay) {
        sink.awaitLines(500);
        Duration stable = Duration.ofSeconds(LONG ? 32 : 2);
        await().pollDelay(stable).atMost(stable.plusSeconds(10)).until(relay::isAlive);
    }

    private static void awaitDown(AppHttp http, Instant end) {
        await().atMost(OUTAGE.plusSeconds(60)).pollInterval(Duration.ofMillis(200)).until(() -> {
            assertThat(http.liveness().status()).isEqualTo("UP");
            assertThat(http.readiness("poller").status()).isEqualTo("DOWN");
            return Instant.now().isAfter(end);
        });
    }

    private static int lines(RelayProcess relay) {
        return (int) relay.log().lines().count();
    }
}
