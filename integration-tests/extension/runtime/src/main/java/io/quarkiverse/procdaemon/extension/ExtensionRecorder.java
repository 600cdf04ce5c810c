package io.quarkiverse.procdaemon.extension;

import java.util.function.Consumer;

import io.quarkiverse.procdaemon.SubsystemBuilder;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.Recorder;

/** Supplies the code of a subsystem. */
@Recorder
public class ExtensionRecorder {

    /** The code of the cache. */
    public RuntimeValue<Consumer<SubsystemBuilder>> cache(String region) {
        return new RuntimeValue<>(new Cache(region));
    }
}
