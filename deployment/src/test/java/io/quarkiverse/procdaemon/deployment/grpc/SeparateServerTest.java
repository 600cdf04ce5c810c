package io.quarkiverse.procdaemon.deployment.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** On a server of its own, which is open before anything starts. */
class SeparateServerTest extends Calls {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = application(true);

    @Test
    void callsAreRefusedUntilTheDaemonIsRunning() {
        assertThat(Journal.AT_START).hasSize(4);
        assertThat(Journal.AT_START).startsWith("UNAVAILABLE: grpc has not started yet; try again later", "NOT_SERVING",
                "NOT_SERVING");
        assertThat(Journal.AT_START.get(3)).contains("grpc.health.v1.Health");
    }
}
