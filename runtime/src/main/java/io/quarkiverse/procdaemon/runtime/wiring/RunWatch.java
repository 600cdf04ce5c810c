package io.quarkiverse.procdaemon.runtime.wiring;

import java.util.concurrent.ExecutionException;

import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;

import io.quarkus.runtime.QuarkusApplication;

/**
 * Learns that the {@code run} method of a command-mode application has thrown before Quarkus stops the application for it:
 * afterwards nothing tells it from one that returned 0.
 */
@Decorator
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
public class RunWatch implements QuarkusApplication {

    @Inject
    @Delegate
    @Any
    QuarkusApplication application;

    @Inject
    DaemonLifecycle lifecycle;

    @Override
    public int run(String... args) throws Exception {
        try {
            return application.run(args);
        } catch (Exception failure) {
            lifecycle.runFailed(failure);
            throw failure;
        } catch (Error failure) {
            lifecycle.runFailed(failure);
            if (lifecycle.canHalt()) {
                // Of an error Quarkus would take no notice, and go on without its main thread and its shutdown hook.
                throw new ExecutionException(failure);
            }
            throw failure;
        }
    }
}
