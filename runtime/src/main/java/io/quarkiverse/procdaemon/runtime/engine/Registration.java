package io.quarkiverse.procdaemon.runtime.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.SubsystemBuilder;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.SettingsSource;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;

/** Gathers a specification. */
final class Registration implements SubsystemBuilder {

    private final String name;
    private final SettingsSource settings;
    private final Function<SubsystemSpec, CompletionStage<Void>> registrar;
    private final List<String> dependsOn = new ArrayList<>();
    private RestartPolicy restart = RestartPolicy.ON_FAILURE;
    private boolean critical = true;
    private @Nullable ContextAction onStart;
    private @Nullable ContextAction run;
    private @Nullable ContextAction onStop;
    private @Nullable Probe healthy;
    private boolean done;

    /** @param registrar makes the specification part of the daemon */
    Registration(String name, SettingsSource settings, Function<SubsystemSpec, CompletionStage<Void>> registrar) {
        this.name = required(name, "name");
        this.settings = settings;
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
        onStart = required(action, "action");
        return this;
    }

    @Override
    public SubsystemBuilder run(Action action) {
        return run(withoutContext(action));
    }

    @Override
    public SubsystemBuilder run(ContextAction action) {
        run = required(action, "action");
        return this;
    }

    @Override
    public SubsystemBuilder onStop(Action action) {
        return onStop(withoutContext(action));
    }

    @Override
    public SubsystemBuilder onStop(ContextAction action) {
        onStop = required(action, "action");
        return this;
    }

    @Override
    public SubsystemBuilder healthy(Probe probe) {
        healthy = required(probe, "probe");
        return this;
    }

    @Override
    public CompletionStage<Void> register() {
        if (done) {
            throw new DaemonStateException(ErrorCode.WRONG_STATE, "subsystem '" + name
                    + "' was registered with this builder already; make another with Daemon.newSubsystem");
        }
        CompletionStage<Void> started = registrar
                .apply(new SubsystemSpec(name, dependsOn, behavior(), settings.of(name, restart, critical)));
        done = true;
        return started;
    }

    private Behavior behavior() {
        return new Behavior(action(onStart), action(run), action(onStop),
                healthy == null ? null : () -> CompletableFuture.completedFuture(healthy.healthy()));
    }

    private static ContextAction withoutContext(Action action) {
        required(action, "action");
        return context -> action.perform();
    }

    private static io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.@Nullable PhaseCode action(
            @Nullable ContextAction action) {
        return action == null ? null : context -> {
            action.perform(context);
            return null;
        };
    }

    private static <T> T required(T value, String what) {
        if (value == null) {
            throw new IllegalArgumentException("the " + what + " is null");
        }
        return value;
    }
}
