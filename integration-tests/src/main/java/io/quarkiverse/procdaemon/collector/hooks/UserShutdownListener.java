package io.quarkiverse.procdaemon.collector.hooks;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.runtime.shutdown.ShutdownListener;
import io.quarkus.runtime.shutdown.ShutdownRecorder;

/**
 * A shutdown listener as another extension might add. Applications cannot register listeners, hence the reflection.
 */
@RegisterForReflection(targets = ShutdownRecorder.class)
final class UserShutdownListener implements ShutdownListener {

    private final UserCode code;

    private UserShutdownListener(UserCode code) {
        this.code = code;
    }

    static void install(UserCode code) throws ReflectiveOperationException {
        Field field = ShutdownRecorder.class.getDeclaredField("shutdownListeners");
        field.setAccessible(true);
        List<ShutdownListener> listeners = new ArrayList<>(List.of(new UserShutdownListener(code)));
        if (field.get(null) instanceof List<?> others) {
            others.forEach(other -> listeners.add((ShutdownListener) other));
        }
        field.set(null, listeners);
    }

    @Override
    public void preShutdown(ShutdownNotification notification) {
        try {
            code.meet("pre-shutdown");
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
        notification.done();
    }
}
