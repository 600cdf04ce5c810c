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
 * Notices that the {@code run} method of a command-mode application throws. Later, when Quarkus stops the application for it,
 * this cannot be distinguished from a normal return.
 */
@Decorator
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
public class RunMethodDecorator implements QuarkusApplication {

    @Inject
    @Delegate
    @Any
    QuarkusApplication application;

    @Inject
    StartAndStop daemon;

    @Override
    public int run(String... args) throws Exception {
        try {
            return application.run(args);
        } catch (Exception failure) {
            daemon.lifecycle().runFailed(failure);
            throw failure;
        } catch (Error failure) {
            daemon.lifecycle().runFailed(failure);
            if (daemon.lifecycle().canHalt()) {
                // Quarkus ignores errors here and would continue without its main thread and its shutdown hook.
                throw new ExecutionException(failure);
            }
            throw failure;
        }
    }
}
