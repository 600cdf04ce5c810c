package io.quarkiverse.procdaemon.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.consumer.ReadingTable.Delivery;
import io.quarkiverse.procdaemon.process.AppHttp;
import io.quarkiverse.procdaemon.process.AppHttp.Check;

/** What the consumer needs goes away under load, and comes back: the process lives, nothing is lost and nothing comes twice. */
class OutageIT extends ConsumerTest {

    /** How long the database is away. With {@code -Dconsumer.outage=90s} and the like all settings are the defaults. */
    private static final Duration OUTAGE = Duration
            .parse("PT" + System.getProperty("consumer.outage", "12s").toUpperCase(Locale.ROOT));
    private static final boolean LONG = OUTAGE.compareTo(Duration.ofMinutes(1)) >= 0;

    @Test
    void theDatabaseIsKilled() throws Exception {
        ConsumerProcess.Launch launch = consumer();
        if (!LONG) {
            launch.with("quarkus.proc-daemon.subsystem.restart.stable-after", "1s");
        }
        try (ConsumerProcess consumer = launch.up()) {
            AppHttp http = consumer.http();
            awaitStable(consumer);
            int before = (int) consumer.log().lines().count();
            send(MESSAGES / 2);
            awaitStored(MESSAGES / 4);
            database.kill();
            Check down = http.awaitReadiness("readings", check -> "WAITING".equals(check.state()));
            assertThat(down.status()).isEqualTo("DOWN");
            send(MESSAGES / 2);
            awaitDown(http, Instant.now().plus(OUTAGE));
            int restarts = http.readiness("database").data().getInteger("restarts");
            assertThat(restarts).isGreaterThanOrEqualTo(3);
            database.start();
            int stored = table.count();
            assertThat(stored).isLessThan(MESSAGES / 2);
            Check up = http.awaitReadiness("database", Check::isUp);
            assertThat(up.data().getInteger("restartsLeft")).isEqualTo(10);
            Instant running = Instant.parse(http.awaitReadiness("readings", Check::isUp).data().getString("since"));
            assertNoneLost();
            assertThat(storedTwice()).as("stored twice").isEmpty();
            List<Delivery> deliveries = table.deliveries();
            assertThat(deliveries.get(stored).at()).isAfter(running);
            assertThat(consumer.log()).doesNotContain("ERROR");
            List<String> said = consumer.log().lines().skip(before).filter(line -> line.contains("[procdaemon]")).toList();
            System.out.printf("Database away for %s: %d restarts, log:%n%s%n", OUTAGE, restarts, String.join("\n", said));
            assertThat(said).anySatisfy(line -> assertThat(line).contains("database#1: what it needs is unavailable ("))
                    .last(STRING).contains(": what it needs is available again after ");
            consumer.terminate();
            assertThat(consumer.awaitExit()).isEqualTo(143);
        }
    }

    /** It has not missed the consumer when it is back. */
    @Test
    void theBrokerIsKilled() throws Exception {
        try (ConsumerProcess consumer = consumer().up()) {
            AppHttp http = consumer.http();
            send(MESSAGES / 2);
            awaitStored(MESSAGES / 4);
            broker.kill();
            assertThat(http.liveness().status()).isEqualTo("UP");
            broker.start();
            send(MESSAGES / 2);
            assertNoneLost();
            assertThat(storedTwice()).as("stored twice").isEmpty();
            assertThat(consumer.log()).contains("readings#1 STARTING -> RUNNING").doesNotContain("readings#1 RUNNING ->");
        }
    }

    /** Waits until each subsystem has been RUNNING for long enough for outages not to count. */
    private static void awaitStable(ConsumerProcess consumer) {
        Duration stable = Duration.ofSeconds(LONG ? 32 : 2);
        await().pollDelay(stable).atMost(stable.plusSeconds(10)).until(consumer::isAlive);
    }

    private static void awaitDown(AppHttp http, Instant end) {
        await().atMost(OUTAGE.plusSeconds(60)).pollInterval(Duration.ofMillis(200)).until(() -> {
            assertThat(http.send("GET", "/q/health/live").statusCode()).isEqualTo(200);
            assertThat(http.readiness("database").status()).isEqualTo("DOWN");
            assertThat(http.readiness("readings").status()).isEqualTo("DOWN");
            return Instant.now().isAfter(end);
        });
    }
}
