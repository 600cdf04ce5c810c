package io.quarkiverse.procdaemon.runtime.wiring;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.HealthCheck;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.Interval;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.PhaseCode;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.ReloadCode;
import io.smallrye.mutiny.Uni;

/** The code of a subsystem that is a bean: calls its methods. Their exceptions are passed on unchanged. */
final class BeanBehavior {

    private final BeanReference bean;

    private BeanBehavior(BeanReference bean) {
        this.bean = bean;
    }

    /**
     * The code of a subsystem. Its bean is created when its start begins: if that fails, the start has failed.
     *
     * @param every how long after one call of its body the next begins; null if it is called once
     */
    static Behavior of(SubsystemDefinition.Methods methods, BeanReference bean, @Nullable Interval every) {
        BeanBehavior behavior = new BeanBehavior(bean);
        return new Behavior(behavior.start(methods.onStart()), behavior.action(methods.run()),
                behavior.stop(methods.onStop()), behavior.probe(methods.healthy()), behavior.reaction(methods.onReload()),
                every);
    }

    private PhaseCode start(SubsystemDefinition.@Nullable Method method) {
        PhaseCode onStart = action(method);
        return context -> {
            bean.begin();
            return onStart == null ? null : onStart.perform(context);
        };
    }

    /** If the bean could not be created, there is nothing to clean up. */
    private @Nullable PhaseCode stop(SubsystemDefinition.@Nullable Method method) {
        PhaseCode onStop = action(method);
        if (bean.isOfRun()) {
            return context -> LastStep.after(() -> clean(onStop, context), bean::end);
        }
        return onStop == null ? null : context -> clean(onStop, context);
    }

    private @Nullable CompletionStage<?> clean(@Nullable PhaseCode onStop, SubsystemContext context) throws Throwable {
        return onStop == null || bean.get() == null ? null : onStop.perform(context);
    }

    private @Nullable PhaseCode action(SubsystemDefinition.@Nullable Method method) {
        return method == null ? null : context -> stage(method, call(method, context));
    }

    private @Nullable ReloadCode reaction(SubsystemDefinition.@Nullable Method method) {
        return method == null ? null : change -> stage(method, call(method, change));
    }

    private @Nullable HealthCheck probe(SubsystemDefinition.@Nullable Method method) {
        return method == null ? null : () -> {
            Object answer = call(method, null);
            return answer instanceof Boolean healthy ? CompletableFuture.completedFuture(healthy)
                    : checked(method, stage(method, answer));
        };
    }

    /** Cancelling the returned stage cancels the stage of the method. */
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

    private @Nullable Object call(SubsystemDefinition.Method method, @Nullable Object argument) throws Exception {
        Object[] arguments = method.takesArgument() ? new Object[] { argument } : new Object[0];
        return method.invoker().getValue().invoke(bean.get(), arguments);
    }

    private static @Nullable CompletionStage<?> stage(SubsystemDefinition.Method method, @Nullable Object result) {
        if (method.returnsVoid()) {
            return null;
        }
        Objects.requireNonNull(result,
                () -> method.location() + " returned null; let it return what completes when it is done");
        return result instanceof Uni<?> uni ? uni.subscribeAsCompletionStage() : (CompletionStage<?>) result;
    }
}
