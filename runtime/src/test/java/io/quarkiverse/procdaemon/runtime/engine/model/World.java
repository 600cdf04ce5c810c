package io.quarkiverse.procdaemon.runtime.engine.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

import io.quarkiverse.procdaemon.ConfigChange;
import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.InvalidConfigurationException;
import io.quarkiverse.procdaemon.SubsystemBuilder;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.event.SubsystemEvent.Phase;
import io.quarkiverse.procdaemon.runtime.engine.Changed;
import io.quarkiverse.procdaemon.runtime.engine.Engine;
import io.quarkiverse.procdaemon.runtime.engine.EngineOptions;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.PhaseCode;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ProcessControl;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownTimeouts;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.ReloadVote;

/** An engine, all that it runs on, and all that watches it. */
final class World {

    final Map<String, Plan> plans = Collections.synchronizedMap(new LinkedHashMap<>());
    final List<Double> draws = Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger exit = new AtomicInteger(-1);
    final Faults faults = new Faults();
    final SteppedClock clock;
    final Witness witness = new Witness(faults);
    final EventCheck events;
    final Stage stage;
    final ShutdownTimeouts timeouts;
    final boolean retriesStart;
    final Engine engine;
    private final Injector injector;
    private final Set<String> waiting;
    private final SplittableRandom jitter;
    private final boolean exact;
    private final long seed;

    /**
     * @param retriesStart whether a start of the daemon survives a failed start of what it waits for
     * @param exact whether the clock stands still while the engine is at work
     * @param waiting the names of the subsystems whose code waits on its threads; grows when there are more of these
     */
    World(List<Plan> initial, Stage stage, ShutdownTimeouts timeouts, boolean retriesStart, boolean exact,
            Set<String> waiting, SplittableRandom jitter) {
        this(initial, stage, timeouts, retriesStart, exact, waiting, jitter, Injector.NONE);
    }

    /** @param injector throws where it likes, so that events are not checked */
    World(List<Plan> initial, Stage stage, ShutdownTimeouts timeouts, boolean retriesStart, boolean exact,
            Set<String> waiting, SplittableRandom jitter, Injector injector) {
        this.injector = injector;
        this.waiting = waiting;
        this.stage = stage;
        this.clock = new SteppedClock(stage::stale);
        this.exact = exact;
        this.seed = jitter.nextLong();
        this.timeouts = timeouts;
        this.retriesStart = retriesStart;
        this.jitter = jitter;
        this.events = new EventCheck(plans, draws, exact, witness, faults);
        initial.forEach(plan -> plans.put(plan.name(), plan));
        engine = new Engine(new EngineOptions("model", timeouts,
                new Platform(injector.clock(clock), injector.threads(stage), name -> clock), this::draw,
                (name, policy, critical) -> () -> settings(plans.get(name)),
                List.of(injector == Injector.NONE ? events : injector.listener(witness)), process(), Optional.empty())
                .withRetriesStart(retriesStart),
                initial.stream().map(this::spec).toList());
        // Its thread is there only while there is something to do, so that one can see when there is nothing more.
        engine.loop().close();
        clock.drive(engine.loop());
    }

    private ProcessControl process() {
        return new ProcessControl() {
            @Override
            public void exit(int code) {
                World.this.exit(code);
            }

            @Override
            public void exitNow(int code) {
                NONE.exitNow(code);
            }

            @Override
            public boolean canHalt() {
                return false;
            }

            @Override
            public void halt(int code) {
                NONE.halt(code);
            }

            @Override
            public void print(String text) {
                // The console is for a shutdown that goes on after all subsystems have ended, as only a real process can.
                faults.require(false, "printed '%s'", text);
            }
        };
    }

    private void exit(int code) {
        faults.require(exit.compareAndSet(-1, code), "exit code %d after %d", code, exit.get());
    }

    private double draw() {
        injector.pass("jitter");
        double number = jitter.nextDouble();
        draws.add(number);
        return number;
    }

    private SubsystemSpec spec(Plan plan) {
        return new SubsystemSpec(plan.name(), plan.dependsOn(),
                new Behavior(action(plan, Phase.START), action(plan, Phase.RUN), action(plan, Phase.STOP), null),
                () -> settings(plan), plan.restartOn());
    }

    private SubsystemSettings settings(Plan plan) {
        injector.pass("settings");
        return plan.settings();
    }

    private PhaseCode action(Plan plan, Phase phase) {
        return plan.has(phase) ? context -> act(plan, phase, context, !waiting.contains(plan.name())) : null;
    }

    /** Registers one more, made of code that cannot return a stage; what it returns fails if that is refused. */
    CompletionStage<Void> register(Plan plan) {
        plans.put(plan.name(), plan);
        boolean known = engine.subsystem(plan.name()).isPresent();
        boolean isNew = waiting.add(plan.name());
        SubsystemBuilder builder = engine.newSubsystem(plan.name()).dependsOn(plan.dependsOn().toArray(String[]::new))
                .restart(plan.restart().policy()).critical(plan.settings().critical())
                .restartOn(plan.restartOn().toArray(String[]::new));
        if (plan.has(Phase.START)) {
            builder.onStart(context -> act(plan, Phase.START, context, false));
        }
        if (plan.has(Phase.RUN)) {
            builder.run(context -> act(plan, Phase.RUN, context, false));
        }
        if (plan.has(Phase.STOP)) {
            builder.onStop(context -> act(plan, Phase.STOP, context, false));
        }
        CompletionStage<Void> registered = builder.register();
        if (isNew && (known || engine.subsystem(plan.name()).isEmpty())) {
            waiting.remove(plan.name());
        }
        return registered;
    }

    /** These keys change, and nobody objects. */
    CompletionStage<List<String>> reload(Set<String> keys) {
        ConfigChange change = new Changed(keys);
        return engine.ask(new ReloadVote.Proposal(name -> true, Duration.ofSeconds(10), change, change, () -> {
        }));
    }

    /** Whether it says that a registration was refused, not that what was registered did not start. */
    static boolean isRefusal(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof InvalidConfigurationException || cause instanceof DaemonStateException;
    }

    private CompletionStage<?> act(Plan plan, Phase phase, SubsystemContext context, boolean mayPromise) throws Exception {
        Gate gate = new Gate(plan, phase, context, mayPromise, stage.current());
        witness.enter(gate);
        SplittableRandom mood = new SplittableRandom(seed ^ gate.toString().hashCode() * 31L);
        if (!exact && mood.nextInt(3) == 0 && phase != Phase.RUN) {
            return passBy(gate, mood.nextInt(8) == 0);
        }
        if (!exact && mood.nextInt(3) == 0) {
            gate.thread.onInterrupt(() -> obey(gate));
        }
        CompletionStage<?> pending = stage.hold(gate);
        if (pending == null) {
            witness.exit(gate, gate.thrown());
            if (gate.thrown() != null) {
                throw gate.thrown();
            }
        }
        return pending;
    }

    /** The code at a gate forks a task. */
    void fork(Gate parent) {
        parent.context.fork("task", () -> actForked(parent.plan, parent.context));
    }

    private void actForked(Plan plan, SubsystemContext context) throws Exception {
        Gate gate = Gate.forked(plan, context, stage.current());
        witness.enter(gate);
        if (!exact && new SplittableRandom(seed ^ System.identityHashCode(gate)).nextInt(3) == 0) {
            gate.thread.onInterrupt(() -> obey(gate));
        }
        stage.hold(gate);
        witness.exit(gate, gate.thrown());
        if (gate.thrown() != null) {
            throw gate.thrown();
        }
    }

    private CompletionStage<?> passBy(Gate gate, boolean throwing) {
        IllegalStateException failure = throwing ? new IllegalStateException(gate + " throws at once") : null;
        witness.exit(gate, failure);
        if (throwing) {
            throw failure;
        }
        return null;
    }

    private void obey(Gate gate) {
        if (stage.remove(gate)) {
            open(gate, new InterruptedException());
        }
    }

    void end(Piece piece) {
        witness.work(piece.gate(), -1);
        piece.work().close();
    }

    /** What holds in the end: all code has ended or was abandoned, which then ends late and changes nothing. */
    void finish(List<Piece> works) {
        witness.checkSuspects();
        witness.checkAllEnded();
        faults.require(clock.scheduled() == 0, "%d timers are left", clock.scheduled());
        List<SubsystemInfo> before = engine.subsystems();
        events.takeFresh();
        for (Gate gate : stage.gates()) {
            stage.remove(gate);
            open(gate, null);
        }
        works.forEach(this::end);
        stage.settle();
        List<SubsystemInfo> after = engine.subsystems();
        faults.require(
                after.stream().map(SubsystemInfo::state).toList().equals(before.stream().map(SubsystemInfo::state).toList()),
                "late ends changed %s to %s", before, after);
        faults.require(events.takeFresh().isEmpty(), "late ends made events");
        faults.require(clock.scheduled() == 0, "%d timers are left after late ends", clock.scheduled());
        faults.require(!witness.isAnyInside() && stage.gates().isEmpty(), "code was entered too late");
        faults.check();
    }

    /** Lets code go on. */
    void open(Gate gate, Exception failure) {
        if (!gate.isBlocking()) {
            witness.exit(gate, failure);
        }
        stage.open(gate, failure);
    }
}
