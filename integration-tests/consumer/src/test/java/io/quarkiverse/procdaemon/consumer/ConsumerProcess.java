package io.quarkiverse.procdaemon.consumer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.procdaemon.process.AppHttp;
import io.quarkiverse.procdaemon.process.AppProcess;
import io.quarkiverse.procdaemon.process.PostgresServer;

/** The packaged consumer as a process of its own. */
final class ConsumerProcess extends AppProcess {

    private ConsumerProcess(Process process, Path output) {
        super(process, output);
    }

    static final class Launch {

        private final Map<String, String> properties = new LinkedHashMap<>(Map.of("quarkus.http.port", "0",
                "quarkus.log.console.format", "%d{yyyy-MM-dd'T'HH:mm:ss.SSSX} %-5p [%c{1}] %s%e%n"));

        Launch with(String property, String value) {
            properties.put(property, value);
            return this;
        }

        Launch from(KafkaBroker broker) {
            return with("kafka.bootstrap.servers", broker.address());
        }

        Launch to(PostgresServer database) {
            return with("quarkus.datasource.jdbc.url", database.url()).with("quarkus.datasource.username",
                    PostgresServer.USER);
        }

        /** Short times, for a test that is not about the defaults. */
        Launch hurried() {
            return with("mp.messaging.incoming.readings.session.timeout.ms", "2000")
                    .with("mp.messaging.incoming.readings.heartbeat.interval.ms", "300")
                    .with("quarkus.proc-daemon.subsystem.restart.stable-after", "500ms")
                    .with("quarkus.proc-daemon.subsystem.restart.max-delay", "500ms");
        }

        /** Starts it and waits until it serves. */
        ConsumerProcess up() throws IOException {
            Path output = newOutput();
            List<String> command = command(System.getProperty("consumer.program"), options("consumer.vm-options"), List.of(),
                    properties);
            ConsumerProcess consumer = new ConsumerProcess(
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start(), output);
            try {
                consumer.httpPort();
                return consumer;
            } catch (Throwable e) {
                consumer.close();
                throw e;
            }
        }
    }

    AppHttp http() {
        return new AppHttp(httpPort());
    }
}
