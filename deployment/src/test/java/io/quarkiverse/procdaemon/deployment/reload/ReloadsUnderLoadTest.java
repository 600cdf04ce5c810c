package io.quarkiverse.procdaemon.deployment.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.ConfigChange;
import io.quarkiverse.procdaemon.ConfigSnapshot;
import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.LiveConfig;
import io.quarkiverse.procdaemon.OnReload;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ReloadResult.Status;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;

/**
 * Hundreds of reloads while four threads read, every seventh bad in another way: nobody ever sees a torn or a rejected
 * configuration, and after each the last valid one is active. {@code -Dreload.count=N} says how many
 * (default 200), and {@code -Dreload.seed} repeats a run.
 */
class ReloadsUnderLoadTest {

    private static final int RELOADS = Integer.getInteger("reload.count", 200);
    private static final int READERS = 4;
    /** Each hang takes as long as patience, which has to be longer than a busy machine may stand still. */
    private static final int HANGS = 8;
    private static final ConfigFile FILE = ConfigFile.of("ReloadsUnderLoadTest", good(0));

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest().withEmptyApplication()
            .withApplicationRoot(jar -> jar.addClasses(ConfigFile.class, One.class, Two.class, Small.class, Below.class,
                    Above.class))
            .overrideRuntimeConfigKey("quarkus.config.locations", FILE.location())
            .overrideRuntimeConfigKey("quarkus.log.level", "OFF")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.reload.debounce", "1h")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.reload.timeout", "3s");

    @ConfigMapping(prefix = "one")
    interface One {

        int number();

        int square();

        String mode();

        @WithConverter(Small.class)
        int small();
    }

    @ConfigMapping(prefix = "two")
    interface Two {

        int number();
    }

    public static class Small implements Converter<Integer> {

        @Override
        public Integer convert(String value) {
            if (value.length() > 1) {
                throw new IllegalArgumentException("it must have one digit");
            }
            return Integer.valueOf(value);
        }
    }

    @Subsystem("below")
    static class Below {

        private int prepared;

        @OnReload
        void reload(ConfigChange change) {
            assertThat(change.previous(One.class).number()).isEqualTo(prepared);
            prepared = change.next(One.class).number();
        }
    }

    @Subsystem(value = "above", dependsOn = Below.class)
    static class Above {

        @OnReload
        void reload(ConfigChange change) throws InterruptedException {
            switch (change.next(One.class).mode()) {
                case "veto" -> throw new IllegalStateException("no");
                case "hang" -> new CountDownLatch(1).await();
                default -> {
                    // fine
                }
            }
        }
    }

    /** What is done to the file, and what the result has to say. */
    private enum Fault {
        BAD_TYPE("one.number=seven", "one.number", "Expected an integer"),
        FAILED_VALIDATION("one.small=12", "one.small", "it must have one digit"),
        UNPARSABLE("one.mode=\\u00zz", "it cannot be read"),
        MISSING("", "the file is missing"),
        VETO("one.mode=veto", "above", "one.mode"),
        HANG("one.mode=hang", "above", "one.mode");

        private final String line;
        private final String[] named;

        Fault(String line, String... named) {
            this.line = line;
            this.named = named;
        }

        void commit(int number) {
            if (this == MISSING) {
                FILE.delete();
                return;
            }
            List<String> lines = new ArrayList<>(List.of(good(number)));
            String key = line.substring(0, line.indexOf('=') + 1);
            lines.removeIf(other -> other.startsWith(key));
            lines.add(line);
            FILE.write(lines.toArray(String[]::new));
        }
    }

    private static String[] good(int number) {
        return new String[] { "one.number=" + number, "one.square=" + number * number, "one.mode=good", "one.small=1",
                "two.number=" + number };
    }

    @Inject
    Daemon daemon;
    @Inject
    LiveConfig<One> one;
    @Inject
    LiveConfig<Two> two;

    @Test
    void nobodySeesWhatIsTornOrBad() throws Exception {
        long seed = Long.getLong("reload.seed", System.nanoTime());
        System.out.println("reload.seed=" + seed);
        Random random = new Random(seed);
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService readers = Executors.newFixedThreadPool(READERS);
        try {
            List<Future<Long>> reads = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                reads.add(readers.submit(() -> read(done)));
            }
            int inForce = 0;
            int hangs = 0;
            for (int i = 1; i <= RELOADS; i++) {
                if (i % 7 == 0) {
                    Fault fault = Fault.values()[(i / 7 + random.nextInt(2)) % Fault.values().length];
                    if (fault == Fault.HANG && hangs++ >= HANGS) {
                        fault = Fault.VETO;
                    }
                    fault.commit(-i);
                    assertRejected(reload(), fault);
                } else {
                    FILE.write(good(i));
                    inForce = i;
                    assertApplied();
                }
                assertThat(one.get().number()).isEqualTo(inForce);
            }
            done.set(true);
            for (Future<Long> count : reads) {
                assertThat(count.get(20, TimeUnit.SECONDS)).isGreaterThan(RELOADS);
            }
            assertThat(daemon.subsystems()).allMatch(
                    subsystem -> subsystem.state() == SubsystemState.RUNNING && subsystem.failures() == 0);
        } finally {
            done.set(true);
            readers.shutdownNow();
        }
    }

    private void assertApplied() throws Exception {
        ReloadResult result = reload();
        assertThat(result.status()).as(result.toString()).isEqualTo(Status.APPLIED);
    }

    private static void assertRejected(ReloadResult result, Fault fault) {
        assertThat(result.status()).as(fault + " " + result).isEqualTo(Status.REJECTED);
        // A veto that names none of several changed keys is about no line of a file.
        String file = fault == Fault.VETO || fault == Fault.HANG ? "" : FILE.name();
        assertThat(result.problems()).as(fault.toString()).singleElement().satisfies(
                problem -> assertThat(problem.toString()).contains(file).contains(fault.named));
    }

    private long read(AtomicBoolean done) {
        long count = 0;
        long epoch = 0;
        for (; !done.get(); count++) {
            One now = one.get();
            assertThat(now.square()).isEqualTo(now.number() * now.number());
            assertThat(now.number()).isNotNegative();
            ConfigSnapshot snapshot = two.snapshot();
            assertThat(snapshot.get(One.class).number()).isEqualTo(snapshot.get(Two.class).number());
            assertThat(snapshot.epoch()).isGreaterThanOrEqualTo(epoch);
            epoch = snapshot.epoch();
            // Leaves the processors to the reloads, else there would be few of them.
            LockSupport.parkNanos(1);
        }
        return count;
    }

    private ReloadResult reload() throws Exception {
        return daemon.reload().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
