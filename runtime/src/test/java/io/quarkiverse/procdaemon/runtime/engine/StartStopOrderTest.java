package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;

@Timeout(60)
class StartStopOrderTest {

    private final TestDaemon daemon = new TestDaemon();
    private final ConcurrentLinkedQueue<String> calls = new ConcurrentLinkedQueue<>();

    private TestDaemon.Part add(String name, String... dependsOn) {
        return daemon.add(name, dependsOn)
                .onStart(context -> {
                    calls.add("start " + name);
                })
                .run(ShutdownHandle::await)
                .onStop(context -> {
                    calls.add("stop " + name);
                });
    }

    @Test
    void aDiamondStartsUpwardsAndStopsDownwards() {
        add("top", "left", "right");
        add("left", "bottom");
        add("right", "bottom");
        add("bottom");
        daemon.started();

        assertThat(daemon.engine().state()).isEqualTo(DaemonState.RUNNING);
        assertThat(daemon.engine().hasStarted()).isTrue();
        assertThat(calls).startsWith("start bottom").endsWith("start top").hasSize(4);
        calls.clear();
        daemon.stop();

        assertThat(daemon.engine().state()).isEqualTo(DaemonState.STOPPED);
        assertThat(calls).startsWith("stop top").endsWith("stop bottom").hasSize(4);
        assertThat(daemon.engine().subsystems()).extracting(SubsystemInfo::state).containsOnly(SubsystemState.STOPPED);
        assertThat(daemon.time.scheduled()).as("timers left behind").isZero();
        assertThat(daemon.events.texts().subList(0, 6)).containsExactly("Waiting bottom", "Starting bottom", "Waiting left",
                "Waiting right", "Waiting top", "Started bottom");
        assertEventsFollow(List.of(List.of("Started left", "Starting top"), List.of("Started right", "Starting top"),
                List.of("Stopped top", "Stopping left"), List.of("Stopped top", "Stopping right"),
                List.of("Stopped left", "Stopping bottom"), List.of("Stopped right", "Stopping bottom")));
    }

    @Test
    void subsystemsWithoutCodeRunInTheSameOrder() {
        daemon.add("b", "a");
        daemon.add("a");
        daemon.started().stop();
        assertThat(daemon.events.texts()).containsExactly("Waiting a", "Starting a", "Started a", "Waiting b", "Starting b",
                "Started b", "Stopping b", "Stopped b", "Stopping a", "Stopped a");
    }

    @Test
    void independentSubsystemsStartAndStopAtTheSameTime() {
        CyclicBarrier meeting = new CyclicBarrier(3);
        for (String name : List.of("a", "b", "c")) {
            daemon.add(name)
                    .onStart(context -> {
                        meeting.await(20, TimeUnit.SECONDS);
                    })
                    .onStop(context -> {
                        meeting.await(20, TimeUnit.SECONDS);
                    });
        }
        daemon.started().stop();
        assertThat(daemon.engine().subsystems()).extracting(SubsystemInfo::state).containsOnly(SubsystemState.STOPPED);
        assertThat(daemon.events.texts(SubsystemEvent.Failed.class)).isEmpty();
    }

    @Test
    void aChainOfAThousand() {
        int length = 1_000;
        chain(length, this::add);
        assertThat(daemon.events.texts(SubsystemEvent.Started.class))
                .isEqualTo(IntStream.range(0, length).mapToObj(i -> "Started s" + i).toList());
        assertThat(daemon.events.texts(SubsystemEvent.Stopped.class))
                .isEqualTo(IntStream.range(0, length).mapToObj(i -> "Stopped s" + (length - 1 - i)).toList());
        List<String> expected = new ArrayList<>(IntStream.range(0, length).mapToObj(i -> "start s" + i).toList());
        expected.addAll(IntStream.range(0, length).mapToObj(i -> "stop s" + (length - 1 - i)).toList());
        assertThat(calls).containsExactlyElementsOf(expected);
    }

    /** A listener that falls behind by more than a channel holds would miss some of so many events, so none is asked. */
    @Test
    void aLongChainCostsNoStack() {
        int length = Integer.getInteger("engine.chain", 20_000);
        daemon.listeners.clear();
        chain(length, daemon::add);
        assertThat(daemon.engine().subsystems()).hasSize(length)
                .allMatch(info -> info.state() == SubsystemState.STOPPED && info.generation() == 1);
    }

    private void chain(int length, BiFunction<String, String[], TestDaemon.Part> add) {
        add.apply("s0", new String[0]);
        for (int i = 1; i < length; i++) {
            add.apply("s" + i, new String[] { "s" + (i - 1) });
        }
        daemon.started();
        assertThat(daemon.engine().state()).isEqualTo(DaemonState.RUNNING);
        daemon.stop();
        assertThat(daemon.engine().state()).isEqualTo(DaemonState.STOPPED);
    }

    @Test
    void aWideFan() {
        int width = Integer.getInteger("engine.fan", 2_000);
        add("root");
        String[] leaves = IntStream.range(0, width).mapToObj(i -> "leaf" + i).toArray(String[]::new);
        for (String leaf : leaves) {
            daemon.add(leaf, "root").onStart(context -> {
                calls.add("start " + leaf);
            }).onStop(context -> {
                calls.add("stop " + leaf);
            });
        }
        add("roof", leaves);
        daemon.started();
        assertThat(calls).hasSize(width + 2).startsWith("start root").endsWith("start roof");
        calls.clear();
        daemon.stop();
        assertThat(calls).hasSize(width + 2).startsWith("stop roof").endsWith("stop root");
        assertThat(daemon.engine().subsystems()).extracting(SubsystemInfo::state).containsOnly(SubsystemState.STOPPED);
    }

    @Test
    void eventsAreNumberedWithoutAGap() {
        add("top", "left", "right");
        add("left", "bottom");
        add("right", "bottom");
        add("bottom");
        daemon.started().stop();
        assertThat(daemon.events.all()).extracting(SubsystemEvent::sequence)
                .isEqualTo(IntStream.rangeClosed(1, daemon.events.all().size()).mapToObj(Long::valueOf).toList());
    }

    private void assertEventsFollow(List<List<String>> pairs) {
        for (List<String> pair : pairs) {
            assertThat(daemon.events.indexOf(pair.get(0))).as(pair.toString()).isNotNegative()
                    .isLessThan(daemon.events.indexOf(pair.get(1)));
        }
    }
}
