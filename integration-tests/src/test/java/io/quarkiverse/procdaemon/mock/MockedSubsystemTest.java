package io.quarkiverse.procdaemon.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkus.test.InjectMock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.test.junit.mockito.MockitoConfig;

/** A mock replaces a subsystem from its next run on, never during a run. */
@QuarkusTest
@TestProfile(MockedSubsystemTest.Alone.class)
class MockedSubsystemTest {

    public static class Alone implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.arc.exclude-types",
                    "io.quarkiverse.procdaemon.collector.*,io.quarkiverse.procdaemon.collector.hooks.*,"
                            + "io.quarkiverse.procdaemon.dev.*,io.quarkiverse.procdaemon.intake.*",
                    "quarkus.http.test-port", "0");
        }
    }

    @InjectMock
    @MockitoConfig(convertScopes = true)
    Listener mock;

    @Inject
    Daemon daemon;

    @Test
    void aRunEndsWithTheInstanceItBeganWith() throws Exception {
        ServerSocket opened = Listener.socket;
        assertThat(opened.isClosed()).isFalse();

        get(daemon.restart("listener"));

        assertThat(opened.isClosed()).as("the run that began before the mock has cleaned up").isTrue();
        assertThat(Listener.socket).as("the next one is the mock's").isSameAs(opened);
        verify(mock).open();
        verify(mock, never()).close();

        get(daemon.stop("listener"));
        verify(mock).close();
    }

    private static void get(CompletionStage<Void> stage) throws Exception {
        stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
