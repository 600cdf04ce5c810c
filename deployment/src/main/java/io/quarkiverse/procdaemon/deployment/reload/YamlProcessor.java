package io.quarkiverse.procdaemon.deployment.reload;

import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.RunTimeConfigBuilderBuildItem;

/** Looks for duplicate keys in YAML if the application reads it. */
class YamlProcessor {

    private static final String READER = "io.smallrye.config.source.yaml.YamlConfigSource";
    private static final String BUILDER = "io.quarkiverse.procdaemon.runtime.reload.yaml.YamlConfigBuilder";

    @BuildStep
    void check(BuildProducer<RunTimeConfigBuilderBuildItem> builders) {
        if (QuarkusClassLoader.isClassPresentAtRuntime(READER)) {
            builders.produce(new RunTimeConfigBuilderBuildItem(BUILDER));
        }
    }
}
