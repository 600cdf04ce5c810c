package io.quarkiverse.procdaemon.runtime.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.Work;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.run.Message;

/** What a thread dump says of the subsystems. */
@Timeout(60)
class DaemonViewTest {

    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z";

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    private static String view(RealDaemon daemon) throws IOException {
        StringWriter out = new StringWriter();
        new DaemonView(daemon.engine).write(out);
        return out.toString();
    }

    /** The lines about one subsystem, with its times and the states of threads replaced. */
    private static String of(String name, String view) {
        int begin = view.indexOf("\n" + name + ": ") + 1;
        int end = view.indexOf("\n\n", begin);
        return (end < 0 ? view.substring(begin) : view.substring(begin, end + 1)).replaceAll(TIME, "AT")
                .replaceAll("for [<0-9.]+m?s", "for T").replaceAll("(thread \"\\w+\") [A-Z_]+", "$1 STATE");
    }

    private void hang() throws InterruptedException {
        entered.countDown();
        release.await(40, TimeUnit.SECONDS);
    }

    private Behavior hanging() {
        return Behavior.running(context -> {
            hang();
            return null;
        });
    }

    @Test
    void whoRunsWhere() throws Exception {
        try (RealDaemon daemon = RealDaemon.of().add("store", Behavior.NONE).add("pump", hanging(), "store").start()) {
            assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
            daemon.await("pump", SubsystemState.RUNNING);
            String view = view(daemon);
            release.countDown();
            assertThat(view).startsWith("Thread dump of pumps, process " + ProcessHandle.current().pid() + ", at 2")
                    .contains("\nThe daemon is RUNNING. Subsystems: 2 RUNNING.\n");
            assertThat(of("store", view)).isEqualTo("store: RUNNING for T (since AT), generation 1\n");
            assertThat(of("pump", view)).startsWith("""
                    pump: RUNNING for T (since AT), generation 1
                        depends on store
                        in its body for T, thread "pump" STATE
                    """).contains(DaemonViewTest.class.getName() + ".hang(DaemonViewTest.java:");
        }
    }

    @Test
    void whyOneIsDownAndWhoWaitsForIt() throws Exception {
        Behavior failing = Behavior.running(context -> {
            throw new java.io.IOException("cannot log in with s3cret\nat all");
        });
        try (RealDaemon daemon = RealDaemon.of().add("store", failing).add("pump", Behavior.NONE, "store")
                .masking(text -> text.replace("s3cret", "***")).start()) {
            daemon.await("store", SubsystemState.RESTARTING);
            daemon.await("pump", SubsystemState.WAITING);
            String view = view(daemon);
            assertThat(view).contains("Subsystems: 1 WAITING, 1 RESTARTING.").doesNotContain("s3cret");
            assertThat(of("store", view)).isEqualTo("""
                    store: RESTARTING for T (since AT), generation 1
                        IOException: cannot log in with ***\\nat all
                        starts again at AT
                        failures: 1, restarts: 1, restarts left: 9
                        last failure: java.io.IOException: cannot log in with ***\\nat all (RUN of generation 1 at AT)
                    """);
            assertThat(of("pump", view)).contains("    depends on store\n",
                    "    waits for 'store', which is RESTARTING: IOException: cannot log in with ***");
        }
    }

    @Test
    void aStartThatHangs() throws Exception {
        Behavior slow = new Behavior(context -> {
            hang();
            return null;
        }, null, null, null);
        try (RealDaemon daemon = RealDaemon.of().add("store", slow).add("pump", Behavior.NONE, "store").start()) {
            assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
            String view = view(daemon);
            release.countDown();
            assertThat(of("store", view)).startsWith("""
                    store: STARTING for T (since AT), generation 1
                        in its start for T, thread "store" STATE
                    """);
            assertThat(of("pump", view)).contains("    waits for 'store', which is STARTING\n");
        }
    }

    @Test
    void aStopThatHangsAndWhoStopsAfterIt() throws Exception {
        Behavior slow = new Behavior(null, null, context -> {
            hang();
            return null;
        }, null);
        try (RealDaemon daemon = RealDaemon.of().add("store", Behavior.NONE).add("queue", Behavior.NONE, "store")
                .add("pump", slow, "queue").start()) {
            daemon.await("pump", SubsystemState.RUNNING);
            CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> daemon.engine.stop(RealDaemon.REASON));
            assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
            String view = view(daemon);
            release.countDown();
            stop.get(20, TimeUnit.SECONDS);
            assertThat(view).contains("\nThe daemon is STOPPING. Subsystems: 2 RUNNING, 1 STOPPING.\n");
            assertThat(of("store", view)).contains("    stops after its dependents: 'queue', which is RUNNING\n");
            assertThat(of("queue", view)).contains("    stops after its dependents: 'pump', which is STOPPING\n");
            assertThat(of("pump", view)).contains("    in its clean-up for T, thread \"pump\"");
        }
    }

    @Test
    void aStageAndWorkInFlight() throws Exception {
        CompletableFuture<Void> stage = new CompletableFuture<>();
        CompletableFuture<Work> work = new CompletableFuture<>();
        Behavior asynchronous = Behavior.running(context -> {
            work.complete(context.begin());
            entered.countDown();
            return stage;
        });
        try (RealDaemon daemon = RealDaemon.of().add("pump", asynchronous).start()) {
            assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
            daemon.await("pump", SubsystemState.RUNNING);
            while (!daemon.engine.activities("pump").get(0).stack().isEmpty()) {
                Thread.onSpinWait();
            }
            String pump = of("pump", view(daemon));
            work.get().close();
            stage.complete(null);
            assertThat(pump).contains("    work in flight: 1\n", "    in its body for T, without a thread now\n");
        }
    }

    /** The view reads fields; nobody has to answer. */
    @Test
    void anEventLoopThatHangsIsNoObstacle() throws Exception {
        try (RealDaemon daemon = RealDaemon.of().add("pump", Behavior.NONE).start()) {
            daemon.await("pump", SubsystemState.RUNNING);
            daemon.engine.loop().post((Message.Step) () -> {
                try {
                    hang();
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                }
            });
            assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
            String view = view(daemon);
            release.countDown();
            assertThat(of("pump", view)).isEqualTo("pump: RUNNING for T (since AT), generation 1\n");
        }
    }
}
