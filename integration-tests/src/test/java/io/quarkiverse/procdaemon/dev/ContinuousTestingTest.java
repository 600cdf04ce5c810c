package io.quarkiverse.procdaemon.dev;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.process.FreePort;
import io.quarkus.test.ContinuousTestingTestUtils;
import io.quarkus.test.QuarkusDevModeTest;

/**
 * In continuous testing a daemon runs for development and one for the tests; the latter ends and starts again with each run.
 */
@Tag("any-jdk")
class ContinuousTestingTest {

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest()
            .withApplicationRoot(jar -> jar.addClasses(Beacon.class).addAsResource(
                    new StringAsset(ContinuousTestingTestUtils.appProperties("beacon.port=" + FreePort.any(),
                            "%test.beacon.port=" + FreePort.any())),
                    "application.properties"))
            .withTestArchive(jar -> jar.addClasses(BeaconET.class));

    @Test
    void everyRunHasADaemonOfItsOwn() {
        ContinuousTestingTestUtils runs = new ContinuousTestingTestUtils();
        assertPassed(runs.waitForNextCompletion());

        APPLICATION.modifySourceFile(Beacon.class, source -> source.replace("version 1", "version 2"));
        assertPassed(runs.waitForNextCompletion());
    }

    private static void assertPassed(ContinuousTestingTestUtils.TestStatus run) {
        assertThat(run.getTestsFailed()).isZero();
        assertThat(run.getTestsPassed()).isEqualTo(1);
    }
}
