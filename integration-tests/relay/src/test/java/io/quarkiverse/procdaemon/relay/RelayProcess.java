package io.quarkiverse.procdaemon.relay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.procdaemon.process.AppHttp;
import io.quarkiverse.procdaemon.process.AppProcess;
import io.quarkiverse.procdaemon.process.PostgresServer;

/** The packaged relay as a process of its own. */
final class RelayProcess extends AppProcess {

    private RelayProcess(Process process, Path output) {
        super(process, output);
    }

    static final class Launch {

        private final Map<String, String> properties = new LinkedHashMap<>(Map.of("quarkus.http.port", "0"));

        Launch with(String property, String value) {
            properties.put(property, value);
            return this;
        }

        Launch from(PostgresServer database) {
            return with("quarkus.datasource.jdbc.url", database.url()).with("quarkus.datasource.username", PostgresServer.USER);
        }

        /** Short times, for a test that is not about the defaults. */
        Launch hurried() {
            return with("relay.poll-interval", "10ms").with("quarkus.proc-daemon.subsystem.restart.stable-after", "500ms")
                    .with("quarkus.proc-daemon.subsystem.restart.max-delay", "500ms");
        }

        /** Starts it and waits until it serves. */
        RelayProcess up() throws IOException {
            Path output = newOutput();
            List<String> command = command(System.getProperty("relay.program"), options("relay.vm-options"), List.of(),
                    properties);
            RelayProcess relay = new RelayProcess(
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start(), output);
            try {
                relay.httpPort();
                return relay;
            } catch (Throwable e) {
                relay.close();
                throw e;
            }
        }
    }

    AppHttp http() {
        return new AppHttp(httpPort());
    }
}
