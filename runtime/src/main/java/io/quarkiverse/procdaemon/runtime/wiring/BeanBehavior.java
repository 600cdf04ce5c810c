package io.quarkiverse.procdaemon.runtime.wiring;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.quarkiverse.procdaemon.runtime.engine.graph.Action;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.Probe;
import io.quarkiverse.procdaemon.runtime.engine.graph.Reaction;
import io.smallrye.mutiny.Uni;

/** Calls the methods of a bean as a subsystem's code. What they throw arrives as it was thrown. */
final class BeanBehavior {

    private final BeanReference bean;

    private BeanBehavior(BeanReference bean) {
        this.bean = bean;
    }

    /** The code of a subsystem. Its bean is made when its start begins: if that fails, the start has failed. */
    static Behavior of(SubsystemDefinition definition, BeanReference bean) {
        BeanBehavior behavior = new BeanBehavior(bean);
        return new Behavior(behavior.start(definition.onStart()), behavior.action(definition.run()),
                behavior.stop(definition.onStop()), behavior.probe(definition.healthy()),
                behavior.reaction(definition.onReload()));
    }

    private Action start(SubsystemDefinition.Method method) {
        Action onStart = action(method);
        return context -> {
            bean.begin();
            return onStart == null ? null : onStart.perform(context);
        };
    }

    /** Where there is no bean, because it could not be made, there is nothing to clean up. */
    private Action stop(SubsystemDefinition.Method method) {
        Action onStop = action(method);
        return onStop == null ? null : context -> bean.get() == null ? null : onStop.perform(context);
    }

    private Action action(SubsystemDefinition.Method method) {
        return method == null ? null : context -> stage(method, call(method, context));
    }

    private Reaction reaction(SubsystemDefinition.Method method) {
        return method == null ? null : change -> stage(method, call(method, change));
    }

    private Probe probe(SubsystemDefinition.Method method) {
        return method == null ? null : () -> {
            Object answer = call(method, null);
            return answer instanceof Boolean healthy ? CompletableFuture.completedFuture(healthy)
                    : checked(method, stage(method, answer));
        };
    }

    /** Who cancels what this returns cancels the stage of the method. */
    private static CompletionStage<Boolean> checked(SubsystemDefinition.Method method, CompletionStage<?> answer) {
        CompletableFuture<Boolean> checked = answer.thenApply(healthy -> (Boolean) Objects.requireNonNull(healthy,
                () -> method.location() + " answered null; let it answer true or false")).toCompletableFuture();
        checked.whenComplete((healthy, failure) -> {
            if (checked.isCancelled()) {
                answer.toCompletableFuture().cancel(true);
            }
        });
        return checked;
    }

    private Object call(SubsystemDefinition.Method method, Object argument) throws Exception {
        Object[] arguments = method.takesArgument() ? new Object[] { argument } : new Object[0];
        return method.invoker().getValue().invoke(bean.get(), arguments);
    }

    private static CompletionStage<?> stage(SubsystemDefinition.Method method, Object result) {
        if (method.returnsVoid()) {
            return null;
        }
        Objects.requireNonNull(result,
                () -> method.location() + " returned null; let it return what completes when it is done");
        return result instanceof Uni<?> uni ? uni.subscribeAsCompletionStage() : (CompletionStage<?>) result;
    }
}
