package io.quarkiverse.procdaemon.deployment.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.QuarkusProdModeTest;

/**
 * {@code Daemon.shutdown(7)}: subsystems stop before the application's own code hears of the end, and before any bean that
 * is not of one run alone. Their report is a CDI event.
 */
class ShutdownByCodeTest {

    @RegisterExtension
    static final QuarkusProdModeTest APPLICATION = new QuarkusProdModeTest()
            .withApplicationRoot(jar -> jar.addClasses(Journal.class, Ingest.class, Own.class))
            .setApplicationName("seven").setRun(true).setExpectExit(true);

    @Subsystem
    static class Journal {
        @OnStop
        void close() {
            System.out.println("trace: journal stops");
        }

        @PreDestroy
        void destroy() {
            System.out.println("trace: a bean is destroyed");
        }
    }

    @Dependent
    @Subsystem(dependsOn = Journal.class)
    static class Ingest {
        @OnStop
        void unbind() {
            System.out.println("trace: ingest stops");
        }

        @PreDestroy
        void destroy() {
            System.out.println("trace: a dependent bean is destroyed");
        }
    }

    @Singleton
    static class Own {

        @Inject
        Daemon daemon;

        void start(@Observes @Priority(5000) StartupEvent event) {
            daemon.shutdown(7);
            daemon.shutdown(8);
        }

        void report(@Observes ShutdownReport report) {
            System.out
                    .println("trace: " + report.daemon() + " " + report.pid() + " " + report.outcome() + ", "
                            + report.reason().orElse(null)
                            + ", " + report.exitCode() + ", " + report.held());
            report.entries().forEach(entry -> System.out.println("trace: " + entry.subsystem() + " was " + entry.was() + ", "
                    + entry.ended() + " " + entry.why()));
            System.out.println("trace: the same: " + daemon.lastShutdown().filter(last -> last == report).isPresent() + " of "
                    + ProcessHandle.current().pid());
        }

        void stop(@Observes ShutdownEvent event) {
            System.out.println("trace: ShutdownEvent");
        }
    }

    @Test
    void endsInOrderWithTheFirstCode() {
        String pid = APPLICATION.getStartupConsoleOutput().lines().filter(line -> line.startsWith("trace: the same: true of "))
                .findAny().orElseThrow().replaceAll(".* ", "");
        assertThat(APPLICATION.getStartupConsoleOutput().lines().filter(line -> line.startsWith("trace: "))).containsExactly(
                "trace: ingest stops", "trace: a dependent bean is destroyed", "trace: journal stops",
                "trace: seven " + pid + " CLEAN, Requested[by=Daemon.shutdown(7)], OptionalInt[7], []",
                "trace: journal was RUNNING, STOPPED ", "trace: ingest was RUNNING, STOPPED ",
                "trace: the same: true of " + pid,
                "trace: ShutdownEvent", "trace: a bean is destroyed");
        assertThat(APPLICATION.getExitCode()).isEqualTo(7);
    }
}
