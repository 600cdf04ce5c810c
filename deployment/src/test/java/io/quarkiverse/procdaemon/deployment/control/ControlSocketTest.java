package io.quarkiverse.procdaemon.deployment.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.runtime.engine.DaemonService;
import io.quarkus.test.QuarkusUnitTest;

/** An application that is built with the control socket. */
@Timeout(60)
class ControlSocketTest {

    private static final Path SOCKET = Path.of("target", "control-" + ProcessHandle.current().pid() + ".sock");

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Journal.class))
            .overrideConfigKey("quarkus.proc-daemon.control.enabled", "true")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.control.socket", SOCKET.toString())
            .setAfterAllCustomizer(() -> assertThat(SOCKET).doesNotExist());

    @Inject
    @Any
    Instance<DaemonService> services;

    @Subsystem
    static class Journal {
    }

    @Test
    void servesIt() throws Exception {
        assertThat(services.stream().map(service -> service.getClass().getSimpleName())).contains("ControlService");
        while (!Files.exists(SOCKET)) {
            Thread.onSpinWait();
        }
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(SOCKET))) {
            channel.write(ByteBuffer.wrap("GET /v1/subsystems HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII)));
            assertThat(new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200 OK\r\n").containsPattern("\njournal +RUNNING ");
        }
    }
}
