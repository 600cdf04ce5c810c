package io.quarkiverse.procdaemon.deployment.reload;

import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.RunTimeConfigBuilderBuildItem;

/** Reads {@code daemon.toml} if the application has Jackson's TOML module. */
class TomlProcessor {

    private static final String MAPPER = "com.fasterxml.jackson.dataformat.toml.TomlMapper";
    private static final String BUILDER = "io.quarkiverse.procdaemon.runtime.reload.toml.TomlConfigBuilder";

    @BuildStep
    void read(BuildProducer<RunTimeConfigBuilderBuildItem> builders) {
        if (QuarkusClassLoader.isClassPresentAtRuntime(MAPPER)) {
            builders.produce(new RunTimeConfigBuilderBuildItem(BUILDER));
        }
    }
}
