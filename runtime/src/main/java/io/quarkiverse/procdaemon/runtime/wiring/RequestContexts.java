package io.quarkiverse.procdaemon.runtime.wiring;

import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.HealthCheck;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.PhaseCode;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.ReloadCode;
import io.quarkus.arc.InjectableContext.ContextState;
import io.quarkus.arc.ManagedContext;

/**
 * Gives each short call of a subsystem's code a request context of its own: all but a body that is called once, which may run
 * for months.
 */
final class RequestContexts implements UnaryOperator<Behavior> {

    private final ManagedContext context;

    RequestContexts(ManagedContext context) {
        this.context = context;
    }

    @Override
    public Behavior apply(Behavior code) {
        return new Behavior(around(code.onStart()), code.every() == null ? code.run() : around(code.run()),
                around(code.onStop()), around(code.healthy()), around(code.onReload()), code.every());
    }

    private @Nullable PhaseCode around(@Nullable PhaseCode code) {
        return code == null ? null : run -> inContext(() -> code.perform(run));
    }

    private @Nullable ReloadCode around(@Nullable ReloadCode code) {
        return code == null ? null : change -> inContext(() -> code.react(change));
    }

    private @Nullable HealthCheck around(@Nullable HealthCheck code) {
        return code == null ? null : () -> inContext(code::probe);
    }

    /** It is active on this thread until the code returns, and ends when the code has completed. */
    private <T extends @Nullable Object> @Nullable CompletionStage<T> inContext(LastStep.Code<T> code) throws Throwable {
        ContextState state = context.activate();
        try {
            return LastStep.after(code, () -> context.destroy(state));
        } finally {
            context.deactivate();
        }
    }
}
