package io.quarkiverse.procdaemon.runtime.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.event.DaemonSignal;
import io.quarkiverse.procdaemon.runtime.config.SignalAction;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Signals that come before there is a daemon, in a process of their own. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class HeldSignalsTest {

    /** Begins as an application does, and goes on when a signal has come. */
    static final class Application {

        public static void main(String[] args) throws InterruptedException {
            new HeldSignals().configBuilder(new SmallRyeConfigBuilder());
            System.out.println("held");
            awaitHandlerOf(args[1]);
            switch (args[0]) {
                case "starts" -> SignalHandlers.install(Map.of(), OptionalInt.empty(), new Printer());
                case "leaves-it" -> SignalHandlers.install(Map.of(args[1], SignalAction.NONE), OptionalInt.empty(),
                        new Printer());
                default -> Runtime.getRuntime().addShutdownHook(
                        new Thread(() -> System.out.println("ended by " + HeldSignals.endedTheStart())));
            }
            Thread.currentThread().join();
        }

        private static void awaitHandlerOf(String signal) {
            while (Thread.getAllStackTraces().keySet().stream().noneMatch(each -> each.getName().contains(signal))) {
                Thread.onSpinWait();
            }
        }
    }

    private static final class Printer implements SignalTarget {

        @Override
        public void shutdown(ShutdownReason.Signal signal, int exitCode) {
            System.out.println("shutdown " + signal.name());
            Runtime.getRuntime().halt(exitCode);
        }

        @Override
        public void reload(String cause) {
        }

        @Override
        public void dump(String signal) {
        }

        @Override
        public void drain() {
        }

        @Override
        public void resume() {
        }

        @Override
        public void received(DaemonSignal signal) {
        }
    }

    private record End(int exitCode, String said) {
    }

    /** Sends it as soon as it is held, and waits for the end. */
    private static End end(String way, String signal) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("env", "--default-signal=INT,HUP",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Application.class.getName(), way, signal).redirectErrorStream(true)
                .start();
        try {
            StringBuilder said = new StringBuilder();
            while (!said.toString().contains("held")) {
                int next = process.getInputStream().read();
                assertThat(next).as(said.toString()).isNotNegative();
                said.append((char) next);
            }
            assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor()).isZero();
            said.append(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            return new End(process.exitValue(), said.toString());
        } finally {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @CsvSource({ "TERM, 143", "INT, 130" })
    void oneThatEndsTheProcessIsHandledWhenThereIsADaemon(String signal, int exitCode) throws Exception {
        End end = end("starts", signal);
        assertThat(end.exitCode()).isEqualTo(exitCode);
        assertThat(end.said()).contains("The signal " + signal + " came before the daemon was ready for it and is handled now",
                "shutdown " + signal).doesNotContain("ended by");
    }

    @Test
    void aStartThatTakesLongIsEndedByTheJvm() throws Exception {
        End end = end("hangs", "TERM");
        assertThat(end.exitCode()).isEqualTo(143);
        assertThat(end.said()).contains(
                "The signal TERM came before the daemon was ready for it. The start has not got that far"
                        + " within 3s, so the JVM ends the process; no subsystem has been started.",
                "ended by Signal[number=15, name=TERM]");
    }

    @Test
    void oneThatIsLeftToTheJvmEndsTheProcessAtOnce() throws Exception {
        End end = end("leaves-it", "TERM");
        assertThat(end.exitCode()).isEqualTo(143);
        assertThat(end.said()).doesNotContain("shutdown TERM", "came before");
    }
}
