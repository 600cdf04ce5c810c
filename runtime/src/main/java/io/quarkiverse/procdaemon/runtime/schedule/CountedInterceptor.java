package io.quarkiverse.procdaemon.runtime.schedule;

import java.util.concurrent.CompletionStage;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

import org.jspecify.annotations.Nullable;

import io.quarkus.scheduler.ScheduledExecution;
import io.smallrye.mutiny.Uni;

/**
 * Sees the end of a scheduled method itself, in applications where the events of the scheduler may get lost. Outside of all
 * other interceptors, which are part of the execution.
 */
@Counted
@Interceptor
@Priority(Integer.MIN_VALUE)
public class CountedInterceptor {

    private final ScheduledWork work;

    @Inject
    CountedInterceptor(ScheduledWork work) {
        this.work = work;
    }

    @AroundInvoke
    @Nullable
    Object call(InvocationContext context) throws Exception {
        ScheduledExecution execution = work.takeCall();
        if (execution == null) {
            // Not called by the scheduler.
            return context.proceed();
        }
        Object result;
        try {
            result = context.proceed();
        } catch (Throwable failure) {
            work.failed(execution, failure);
            throw failure;
        }
        if (result instanceof Uni<?> uni) {
            return uni.onTermination().invoke((item, failure, cancelled) -> ended(execution, failure));
        }
        if (result instanceof CompletionStage<?> stage) {
            return stage.whenComplete((value, failure) -> ended(execution, failure));
        }
        if (result == null && context.getMethod().getReturnType() != void.class) {
            work.failed(execution, new NullPointerException(context.getMethod() + " returned null"));
        } else {
            work.succeeded(execution);
        }
        return result;
    }

    private void ended(ScheduledExecution execution, @Nullable Throwable failure) {
        if (failure == null) {
            work.succeeded(execution);
        } else {
            work.failed(execution, failure);
        }
    }
}
