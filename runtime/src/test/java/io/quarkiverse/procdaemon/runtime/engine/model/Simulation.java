package io.quarkiverse.procdaemon.runtime.engine.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.quarkiverse.procdaemon.DaemonException;
import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.UnavailableException;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.loop.LoopClock;

/**
 * The engine and the model side by side: each step is done to the engine first, then to the model, and then both are
 * compared.
 */
final class Simulation {

    final World world;
    final Model model;
    /** What was done so far, for those who have to understand a failure. */
    final List<String> diary = new ArrayList<>();
    private List<SubsystemEvent> fresh = List.of();
    /** The pieces of work in flight. */
    final List<Piece> works = new ArrayList<>();
    /** What became of reloads: nothing if it is right. */
    private final List<CompletableFuture<String>> reloads = new ArrayList<>();
    /** Code that once was at a gate. */
    final List<Gate> contexts = new ArrayList<>();
    private Caller start;
    private Caller stop;

    Simulation(World world) {
        this.world = world;
        this.model = new Model(List.copyOf(world.plans.values()), world.timeouts, world.retriesStart, this::delayOf);
    }

    private Duration delayOf(String name, int attempt) {
        for (SubsystemEvent event : fresh) {
            if (event instanceof SubsystemEvent.Restarting restarting && event.subsystem().equals(name)) {
                world.faults.require(restarting.attempt() == attempt, "%s should be attempt %d", event, attempt);
                return restarting.delay();
            }
        }
        throw new AssertionError("no Restarting of " + name + " in " + fresh);
    }

    private void step(String what, Runnable engine, Runnable modelled) {
        diary.add(world.clock.now() + " " + what);
        engine.run();
        fresh = world.events.takeFresh();
        modelled.run();
        compare();
    }

    // Steps.

    void start() {
        step("Engine.start()", () -> {
            start = new Caller("model-start", world.engine::start);
            start.awaitBlocked();
        }, model::startAll);
    }

    void stop() {
        step("Engine.stop()", () -> {
            Caller caller = new Caller("model-stop", () -> world.engine.stop(new ShutdownReason.Requested("the model test")));
            caller.awaitBlocked();
            stop = caller;
        }, model::stopAll);
    }

    void shutdown(int code) {
        step("shutdown(" + code + ")", () -> world.engine.shutdown(code), () -> model.shutdown(code));
    }

    void command(String kind, String name) {
        switch (kind) {
            case "start" -> command(kind, name, world.engine::start, model::start);
            case "restart" -> command(kind, name, world.engine::restart, model::restart);
            case "stop" -> command(kind, name, world.engine::stop, model::stop);
            default -> command(kind, name, world.engine::unregister, model::unregister);
        }
    }

    private void command(String kind, String name, Function<String, CompletionStage<Void>> engine,
            BiConsumer<Sub, Promise> modelled) {
        Promise promise = new Promise(kind + " " + name);
        model.promises.add(promise);
        if (kind.endsWith("start")) {
            world.events.commanded(name);
        }
        step(promise.command, () -> promise.is(engine.apply(name)), () -> modelled.accept(model.subs.get(name), promise));
    }

    void register(Plan plan) {
        Promise promise = new Promise("register " + plan);
        boolean accepted = model.accepts(plan);
        step(promise.command, () -> {
            promise.is(world.register(plan));
            world.faults.require(accepted != promise.isRefused(), "%s should %sbe refused", promise.command,
                    accepted ? "not " : "");
        }, () -> {
            if (accepted) {
                model.promises.add(promise);
                model.register(plan, promise);
            }
        });
    }

    /** Lets a piece of code end. */
    void open(Gate gate, boolean throwing, boolean outage) {
        Exception failure = !throwing ? null
                : outage ? new UnavailableException(gate + " throws")
                        : new IllegalStateException(gate + " throws");
        step((!throwing ? "returns: " : outage ? "finds nobody: " : "throws: ") + gate, () -> {
            world.stage.remove(gate);
            world.open(gate, failure);
        }, () -> {
            if (gate.forked) {
                model.forkedEnded(model.subs.get(gate.plan.name()), throwing, outage);
            } else {
                model.ended(gate.plan.name(), gate.context.generation(), gate.phase, throwing, outage);
            }
        });
    }

    /** The code at a gate forks a task, which is refused once it was asked to stop. */
    void fork(Gate gate) {
        Sub sub = model.subs.get(gate.plan.name());
        if (sub.haunted) {
            return;
        }
        contexts.add(gate);
        boolean[] forked = new boolean[1];
        step("forks: " + gate, () -> {
            try {
                world.fork(gate);
                forked[0] = true;
            } catch (IllegalStateException refused) {
                forked[0] = false;
            }
            world.faults.require(forked[0] != sub.told, "%s forks a task: %s", sub, forked[0]);
        }, () -> {
            if (forked[0]) {
                model.forks(sub);
            }
        });
    }

    /** The run of that code says that it has failed, if it is not over; what an earlier one says changes nothing. */
    void fail(Gate gate) {
        boolean over = gate.context.isShutdown();
        step("fails: " + gate, () -> gate.context.fail(new IllegalStateException(gate + " fails")), () -> {
            if (!over) {
                model.failed(model.subs.get(gate.plan.name()), false);
            }
        });
    }

    /** These keys change. */
    void reload(Set<String> keys) {
        boolean over = model.causeAt < Sub.NEVER;
        model.subs.values().stream().filter(sub -> sub.plan.restartOn().stream().anyMatch(keys::contains))
                .forEach(sub -> world.events.commanded(sub.name()));
        CompletionStage<List<String>>[] result = new CompletionStage[1];
        step("reloads " + keys, () -> result[0] = world.reload(keys), () -> {
            Set<String> restarted = model.restartFor(keys);
            reloads.add(result[0].handle((names, refused) -> over == (refused instanceof CompletionException
                    && refused.getCause() instanceof DaemonStateException)
                    && (over || restarted.equals(Set.copyOf(names))) ? "" : names + " " + refused + ", not " + restarted)
                    .toCompletableFuture());
        });
    }

    /** A drain, or its end. Nothing happens to the subsystems. */
    void drain(boolean on) {
        step(on ? "drains" : "resumes", on ? world.engine::drain : world.engine::resume, () -> model.draining = on);
    }

    /** The code at a gate begins a piece of work. */
    void beginWork(Gate gate) {
        Sub sub = model.subs.get(gate.plan.name());
        if (sub.haunted || sub.closed) {
            return;
        }
        step("begins work: " + gate, () -> {
            works.add(new Piece(gate, gate.context.begin()));
            world.witness.work(gate, 1);
        }, () -> model.workBegins(sub));
    }

    void endWork(Piece piece) {
        works.remove(piece);
        step("ends " + piece, () -> world.end(piece), () -> model.workEnds(model.subs.get(piece.gate().plan.name())));
    }

    void heartbeat(Gate gate) {
        step("heartbeat: " + gate, gate.context::heartbeat, () -> {
            Sub sub = model.subs.get(gate.plan.name());
            if (sub.generation == gate.context.generation() && !sub.haunted) {
                model.heartbeat(sub);
            }
        });
    }

    /** A thread that has not begun does what it has to. False if there is none. */
    boolean runThread() {
        boolean[] any = new boolean[1];
        step("a thread", () -> any[0] = world.stage.step(), () -> {
        });
        return any[0];
    }

    void runThreads() {
        step("all threads", world.stage::settle, () -> {
        });
        settled();
    }

    /** Moves the clock, stopping at everything that falls due. */
    void moveTo(long time) {
        while (world.clock.nextDue() <= time) {
            long due = world.clock.nextDue();
            step("at " + Duration.ofNanos(due), () -> world.clock.step(due), () -> {
                model.moveTo(due);
                hung().ifPresent(name -> model.hung(model.subs.get(name)));
            });
        }
        step("until " + Duration.ofNanos(time), () -> world.clock.step(time), () -> model.moveTo(time));
    }

    private Optional<String> hung() {
        return fresh.stream().filter(event -> event instanceof SubsystemEvent.Failed failed
                && failed.failure().message().startsWith(ErrorCode.HEARTBEAT_LOST + ":"))
                .map(SubsystemEvent::subsystem).findFirst();
    }

    boolean hasStopBegun() {
        return stop != null;
    }

    boolean isStopOver() {
        return stop != null && world.engine.state() == DaemonState.STOPPED;
    }

    // Comparisons.

    private void compare() {
        world.faults.check();
        if (model.isAmbiguous()) {
            return;
        }
        compareEvents();
        List<SubsystemInfo> infos = world.engine.subsystems();
        require(infos.size() == model.subs.size(), "there are %s, not %s", infos, model.subs);
        infos.forEach(this::compare);
        model.promises.removeIf(this::compare);
        require(world.engine.state() == model.state(), "the daemon is %s, not %s", world.engine.state(), model.state());
        require(world.engine.inFlight() == model.inFlight(), "%d are in flight, not %d", world.engine.inFlight(),
                model.inFlight());
        require(world.engine.shutdownCoordinator().exitCode().equals(model.exitCode()), "exit code %s, not %s",
                world.engine.shutdownCoordinator().exitCode(),
                model.exitCode());
        long due = model.nextDue();
        require(due == Sub.NEVER || world.clock.nextDue() <= due, "nothing is scheduled for %d", due);
    }

    private void compareEvents() {
        Map<String, List<String>> expected = new TreeMap<>();
        model.takeEvents().forEach(text -> expected
                .computeIfAbsent(text.substring(text.indexOf(' ') + 1, text.indexOf('#')), key -> new ArrayList<>())
                .add(text));
        Map<String, List<String>> actual = new TreeMap<>();
        for (SubsystemEvent event : fresh) {
            actual.computeIfAbsent(event.subsystem(), key -> new ArrayList<>())
                    .add(event.getClass().getSimpleName() + " " + event.subsystem() + "#" + event.generation());
        }
        require(expected.equals(actual), "events are %s, not %s", actual, expected);
    }

    private void compare(SubsystemInfo info) {
        Sub sub = model.subs.get(info.name());
        require(sub != null, "there should be no %s", info.name());
        require(info.state() == sub.state && info.generation() == sub.generation && info.restarts() == sub.restarts
                && info.failures() == sub.failures && info.since().equals(java.time.Instant.EPOCH.plusNanos(sub.since)),
                "%s should be %s since %s", info, sub, Duration.ofNanos(sub.since));
        require(info.inFlight() == sub.work, "%s has %d pieces of work, not %d", sub, info.inFlight(), sub.work);
        require(info.restartsLeft().equals(model.restartsLeft(sub)), "%s has %s restarts left, not %s", sub,
                info.restartsLeft(), model.restartsLeft(sub));
        require(info.nextAttempt().map(LoopClock::sinceEpoch).orElse(Sub.NEVER) == sub.resumeDue,
                "%s is started again at %s, not %s",
                sub, info.nextAttempt(), sub.resumeDue);
        require(info.waitingFor().equals(sub.dependencies.stream().filter(sub::isWaitingFor).map(Sub::name).toList()),
                "%s waits for %s", sub, info.waitingFor());
    }

    /** True if there is nothing more to expect. */
    private boolean compare(Promise promise) {
        if (promise.fate == Promise.Fate.OPEN && promise.mayBreak && promise.actual() == Promise.Fate.BROKEN) {
            promise.fate = Promise.Fate.BROKEN;
            model.subs.values().forEach(sub -> sub.starts.remove(promise));
        }
        require(promise.fate == promise.actual(), "%s", promise);
        return promise.fate != Promise.Fate.OPEN;
    }

    /** What holds when every thread has had its turn. */
    private void settled() {
        for (CompletableFuture<String> reload : reloads) {
            require(reload.isDone() && reload.join().isEmpty(), "a reload restarted %s",
                    reload.getNow("nothing yet"));
        }
        reloads.clear();
        if (model.isAmbiguous()) {
            return;
        }
        int timers = 0;
        for (Sub sub : model.subs.values()) {
            timers += sub.timers();
        }
        int watched = (int) model.subs.values().stream()
                .filter(sub -> sub.isActive() && sub.plan.settings().heartbeatTimeout() != null).count();
        timers += model.timers();
        int scheduled = world.clock.scheduled();
        // A drain looks from time to time at what is in flight.
        int most = timers + watched + (model.draining ? 1 : 0);
        require(scheduled >= timers && scheduled <= most, "%d timers are scheduled, not %d to %d", scheduled, timers, most);
        for (Gate gate : world.stage.gates()) {
            Sub sub = model.subs.get(gate.plan.name());
            require((gate.forked ? sub.forked > 0 : sub.inside == gate.phase) && sub.generation == gate.context.generation(),
                    "%s runs, but %s", gate, sub);
            require(gate.isInterrupted() == (gate.forked ? sub.forced || sub.haunted : sub.interrupted),
                    "%s is interrupted: %s",
                    gate, gate.isInterrupted());
            require(gate.context.isShutdown() == sub.told || sub.haunted, "%s is told: %s", gate, gate.context.isShutdown());
            require(gate.context.isForced() == sub.forced || sub.haunted, "%s is forced: %s", gate, gate.context.isForced());
        }
        int inside = model.subs.values().stream().mapToInt(sub -> sub.forked + (sub.inside == null ? 0 : 1)).sum();
        require(world.stage.gates().size() == inside, "in code are %s, but %s", world.stage.gates(), model.subs.values());
        require(model.asked == world.exit.get(), "exit code %d was asked for, not %d", world.exit.get(), model.asked);
        if (start != null) {
            compareStart();
        }
    }

    private void compareStart() {
        if (model.start() == Promise.Fate.OPEN) {
            require(!start.isDone(), "the start is over");
        } else if (model.start() == Promise.Fate.KEPT) {
            Throwable failure = start.result();
            require(failure == null, "the start failed: %s", failure);
        } else if (!model.isAnyActive()) {
            Throwable failure = start.result();
            require(failure instanceof DaemonException, "the start ended with %s", failure);
        }
    }

    /** What holds in the end. */
    void finish() {
        runThreads();
        Throwable failure = stop.result();
        require(failure == null, "Engine.stop() threw %s", failure);
        world.events.compare(world.engine.subsystems());
        world.finish(works);
    }

    private static void require(boolean truth, String format, Object... arguments) {
        if (!truth) {
            throw new AssertionError(String.format(format, arguments));
        }
    }
}
