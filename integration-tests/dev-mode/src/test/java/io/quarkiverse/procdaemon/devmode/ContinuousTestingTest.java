package io.quarkiverse.procdaemon.devmode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.ContinuousTestingTestUtils;
import io.quarkus.test.ContinuousTestingTestUtils.TestStatus;
import io.quarkus.test.QuarkusDevModeTest;

/** Continuous testing runs a second application in the JVM, and neither disturbs the subsystems of the other. */
@Timeout(600)
class ContinuousTestingTest {

    private static final String RUNNING = ", from the file, open, RUNNING, [poller#1 RUNNING, waiter#1 RUNNING]";

    /** As the JVM has them, before there is an application. */
    private static final Map<String, String> SIGNALS = Leftovers.currentHandlers();

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = DevMode
            .application(ContinuousTestingTestUtils.appProperties("quarkus.test.include-pattern=.*ET"))
            .withTestArchive(jar -> jar.addClass(PollerET.class));

    private final ContinuousTestingTestUtils runs = new ContinuousTestingTestUtils();

    @Test
    void testsPassFailAndPassAgainBesideTheApplication() {
        assertRun(2, 0);
        Leftovers before = Leftovers.now();
        assertThat(DevMode.get(APPLICATION, "/poller")).isEqualTo("version 0" + RUNNING);

        DevMode.edit(APPLICATION, Poller.class, "version 0\"", "version 1\"");
        assertRun(1, 1);
        assertThat(DevMode.get(APPLICATION, "/poller")).isEqualTo("version 1" + RUNNING);

        DevMode.edit(APPLICATION, Poller.class, "version 1\"", "version 0\"");
        assertRun(2, 0);
        assertThat(DevMode.get(APPLICATION, "/poller")).isEqualTo("version 0" + RUNNING);
        Leftovers after = Leftovers.now();
        assertThat(after.signals()).isEqualTo(SIGNALS);
        assertThat(after.hooks()).isEqualTo(before.hooks());
        assertThat(after.logHandlers()).isEqualTo(before.logHandlers());
    }

    private void assertRun(int passed, int failed) {
        TestStatus run = runs.waitForNextCompletion();
        assertThat(run.getTestsPassed()).as(run.toString()).isEqualTo(passed);
        assertThat(run.getTestsFailed()).as(run.toString()).isEqualTo(failed);
    }
}
