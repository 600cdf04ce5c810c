package io.quarkiverse.procdaemon.runtime.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.InvalidConfigurationException;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.SubsystemBuilder;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.HealthCheck;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.Interval;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.PhaseCode;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.ReloadCode;
import io.quarkiverse.procdaemon.runtime.engine.graph.SettingsSource;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;

/** Gathers a specification, which the registrar makes part of the daemon. */
final class Registration implements SubsystemBuilder {

    private final String name;
    private final SettingsSource settings;
    private final UnaryOperator<Behavior> around;
    private final Function<SubsystemSpec, CompletionStage<Void>> registrar;
    private final List<String> dependsOn = new ArrayList<>();
    private RestartPolicy restart = RestartPolicy.ON_FAILURE;
    private boolean critical = true;
    private final List<String> restartOn = new ArrayList<>();
    private @Nullable PhaseCode onStart;
    private @Nullable PhaseCode run;
    private @Nullable PhaseCode onStop;
    private @Nullable HealthCheck healthy;
    private @Nullable ReloadCode onReload;
    private @Nullable Supplier<Interval> every;
    private boolean done;

    Registration(String name, SettingsSource settings, UnaryOperator<Behavior> around,
            Function<SubsystemSpec, CompletionStage<Void>> registrar) {
        this.name = required(name, "name");
        this.settings = settings;
        this.around = around;
        this.registrar = registrar;
    }

    @Override
    public SubsystemBuilder dependsOn(String... names) {
        for (String dependency : required(names, "array of names")) {
            dependsOn.add(required(dependency, "name of a dependency"));
        }
        return this;
    }

    @Override
    public SubsystemBuilder restart(RestartPolicy policy) {
        restart = required(policy, "policy");
        return this;
    }

    @Override
    public SubsystemBuilder critical(boolean value) {
        critical = value;
        return this;
    }

    @Override
    public SubsystemBuilder onStart(Action action) {
        return onStart(withoutContext(action));
    }

    @Override
    public SubsystemBuilder onStart(ContextAction action) {
        onStart = synchronous(action);
        return this;
    }

    @Override
    public SubsystemBuilder onStartAsync(AsyncAction action) {
        onStart = asynchronous(action, "onStartAsync");
        return this;
    }

    @Override
    public SubsystemBuilder run(Action action) {
        return run(withoutContext(action));
    }

    @Override
    public SubsystemBuilder run(ContextAction action) {
        run = synchronous(action);
        return this;
    }

    @Override
    public SubsystemBuilder runAsync(AsyncAction action) {
        run = asynchronous(action, "runAsync");
        return this;
    }

    @Override
    public SubsystemBuilder every(String interval) {
        required(interval, "interval");
        every = () -> settings.interval(interval);
        return this;
    }

    @Override
    public SubsystemBuilder every(Duration interval) {
        if (required(interval, "interval").isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("the interval " + interval + " is not greater than zero");
        }
        every = () -> () -> interval;
        return this;
    }

    @Override
    public SubsystemBuilder onStop(Action action) {
        return onStop(withoutContext(action));
    }

    @Override
    public SubsystemBuilder onStop(ContextAction action) {
        onStop = synchronous(action);
        return this;
    }

    @Override
    public SubsystemBuilder onStopAsync(AsyncAction action) {
        onStop = asynchronous(action, "onStopAsync");
        return this;
    }

    @Override
    public SubsystemBuilder healthy(Probe probe) {
        required(probe, "probe");
        healthy = () -> CompletableFuture.completedFuture(probe.healthy());
        return this;
    }

    @Override
    public SubsystemBuilder healthyAsync(AsyncProbe probe) {
        required(probe, "probe");
        healthy = () -> given(probe.healthy(), "healthyAsync").thenApply(answer -> given(answer, "healthyAsync"));
        return this;
    }

    @Override
    public SubsystemBuilder onReload(Action action) {
        required(action, "action");
        return onReload(change -> action.perform());
    }

    @Override
    public SubsystemBuilder onReload(ReloadAction action) {
        required(action, "action");
        onReload = change -> {
            action.reload(change);
            return null;
        };
        return this;
    }

    @Override
    public SubsystemBuilder onReloadAsync(AsyncReloadAction action) {
        required(action, "action");
        onReload = change -> given(action.reload(change), "onReloadAsync");
        return this;
    }

    @Override
    public SubsystemBuilder restartOn(String... prefixes) {
        for (String prefix : required(prefixes, "array of prefixes")) {
            if (required(prefix, "prefix").isBlank()) {
                throw new IllegalArgumentException("a prefix is blank: every change would restart '" + name + "'");
            }
            restartOn.add(prefix);
        }
        return this;
    }

    @Override
    public CompletionStage<Void> register() {
        if (done) {
            throw new DaemonStateException(ErrorCode.WRONG_STATE, "subsystem '" + name
                    + "' was registered with this builder already; make another with Daemon.newSubsystem");
        }
        done = true;
        try {
            return registrar.apply(specification());
        } catch (InvalidConfigurationException wrongInterval) {
            return CompletableFuture.failedFuture(wrongInterval);
        }
    }

    SubsystemSpec specification() {
        try {
            return new SubsystemSpec(name, dependsOn, behavior(), settings.of(name, restart, critical), restartOn);
        } catch (IllegalArgumentException wrongInterval) {
            throw new InvalidConfigurationException(ErrorCode.INVALID_SUBSYSTEMS, "the registration of '" + name + "'",
                    List.of(wrongInterval.getMessage()));
        }
    }

    private Behavior behavior() {
        if (every != null && run == null) {
            throw new IllegalArgumentException("subsystem '" + name + "' has an interval but no body to call; add run(...)");
        }
        return around.apply(new Behavior(onStart, run, onStop, healthy, onReload, every == null ? null : every.get()));
    }

    private static ContextAction withoutContext(Action action) {
        required(action, "action");
        return context -> action.perform();
    }

    private static PhaseCode synchronous(ContextAction action) {
        required(action, "action");
        return context -> {
            action.perform(context);
            return null;
        };
    }

    private PhaseCode asynchronous(AsyncAction action, String method) {
        required(action, "action");
        return context -> given(action.perform(context), method);
    }

    private <T> T given(@Nullable T returned, String method) {
        if (returned == null) {
            throw new NullPointerException("the code of " + method + " of subsystem '" + name + "' returned null");
        }
        return returned;
    }

    private static <T> T required(T value, String what) {
        if (value == null) {
            throw new IllegalArgumentException("the " + what + " is null");
        }
        return value;
    }
}
