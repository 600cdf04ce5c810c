package io.quarkiverse.procdaemon.runtime.schedule;

import java.util.concurrent.CompletionStage;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

import io.quarkus.scheduler.ScheduledExecution;
import io.smallrye.mutiny.Uni;

/**
 * Sees the end of a scheduled method itself, in applications where the scheduler's event of it may get lost. Outside of all
 * other interceptors, whose work is part of the method's.
 */
@Counted
@Interceptor
@Priority(Integer.MIN_VALUE)
public class CountedInterceptor {

    private final ScheduledWork errands;

    @Inject
    CountedInterceptor(ScheduledWork errands) {
        this.errands = errands;
    }

    @AroundInvoke
    Object call(InvocationContext context) throws Exception {
        ScheduledExecution execution = errands.takeCall();
        if (execution == null) {
            // Somebody else's call than the scheduler's.
            return context.proceed();
        }
        Object result;
        try {
            result = context.proceed();
        } catch (Throwable failure) {
            errands.failed(execution, failure);
            throw failure;
        }
        if (result instanceof Uni<?> uni) {
            return uni.onTermination().invoke((item, failure, cancelled) -> ended(execution, failure));
        }
        if (result instanceof CompletionStage<?> stage) {
            return stage.whenComplete((value, failure) -> ended(execution, failure));
        }
        if (result == null && context.getMethod().getReturnType() != void.class) {
            errands.failed(execution, new NullPointerException(context.getMethod() + " returned null"));
        } else {
            errands.succeeded(execution);
        }
        return result;
    }

    private void ended(ScheduledExecution execution, Throwable failure) {
        if (failure == null) {
            errands.succeeded(execution);
        } else {
            errands.failed(execution, failure);
        }
    }
}
