package io.quarkiverse.procdaemon.runtime.messaging;

import java.util.List;

import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.Recorder;

/** Hands what the build knows of consumers to the run time. */
@Recorder
public class MessagingRecorder {

    /** For the bean that {@link MessageGates} injects. */
    public RuntimeValue<ConsumerMethods> consumers(List<ConsumerMethod> methods) {
        return new RuntimeValue<>(new ConsumerMethods(methods));
    }
}
