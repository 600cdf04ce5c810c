package io.quarkiverse.procdaemon.devmode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusDevModeTest;

/** However often a source file is saved in dev mode, nothing of the extension remains of the applications before. */
@Timeout(900)
class LiveReloadsTest {

    private static final int RELOADS = Integer.getInteger("dev.reloads", 20);
    /** Until all pools of Quarkus have their threads and its caches their entries. */
    private static final int WARM_UP = 10;
    private static final String OURS = "(proc-daemon|poller|waiter).*";
    /** As the JVM has them, before there is an application. */
    private static final Map<String, String> SIGNALS = Leftovers.currentHandlers();
    /** What 20 applications take that are not collected: each keeps its classes and its configuration, more than a megabyte. */
    private static final long MOST_GROWTH = 20_000_000;
    private static final String RUNNING = ", from the file, open, RUNNING, [poller#1 RUNNING, waiter#1 RUNNING]";

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = DevMode.application();

    private int version;

    @Test
    void leaveNothingBehind() {
        reload(WARM_UP);
        Leftovers early = Leftovers.now();
        reload(RELOADS / 2);
        failToStart();
        reload(RELOADS - RELOADS / 2);
        // Threads of the application before may take their time.
        await().atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(Leftovers.countThreads(OURS).values()).containsOnly(1L));
        Leftovers late = Leftovers.now();
        assertSoftly(softly -> {
            softly.assertThat(late.hooks()).isEqualTo(early.hooks());
            softly.assertThat(late.signals()).isEqualTo(SIGNALS);
            softly.assertThat(late.logHandlers()).isEqualTo(early.logHandlers());
            // The last one, and one that a thread of a pool may still refer to.
            softly.assertThat(late.engines()).isBetween(1L, 2L);
            softly.assertThat(late.classLoaders()).isLessThan(early.classLoaders() + 4);
            softly.assertThat(late.threads()).isLessThan(early.threads() + 10);
            softly.assertThat(late.heap()).isLessThan(early.heap() + MOST_GROWTH);
        });
    }

    /** The error is there to see, and the next change starts the application again. */
    private void failToStart() {
        DevMode.edit(APPLICATION, Poller.class, "polls.set(0);", "throw new IllegalStateException(\"no luck\");");
        assertThat(DevMode.get(APPLICATION, "/poller")).contains("poller", "no luck");
        DevMode.edit(APPLICATION, Poller.class, "throw new IllegalStateException(\"no luck\");", "polls.set(0);");
        assertThat(DevMode.get(APPLICATION, "/poller")).isEqualTo("version " + version + RUNNING);
    }

    private void reload(int times) {
        for (int i = 0; i < times; i++) {
            String old = "version " + version++ + "\"";
            DevMode.edit(APPLICATION, Poller.class, old, "version " + version + "\"");
            assertThat(DevMode.get(APPLICATION, "/poller")).isEqualTo("version " + version + RUNNING);
        }
    }
}
