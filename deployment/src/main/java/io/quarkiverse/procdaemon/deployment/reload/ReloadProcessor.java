package io.quarkiverse.procdaemon.deployment.reload;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import jakarta.inject.Singleton;

import org.jboss.jandex.ClassType;
import org.jboss.jandex.DotName;
import org.jboss.jandex.ParameterizedType;

import io.quarkiverse.procdaemon.LiveConfig;
import io.quarkiverse.procdaemon.deployment.validation.ProblemBuildItem;
import io.quarkiverse.procdaemon.runtime.reload.LiveConfigBuilder;
import io.quarkiverse.procdaemon.runtime.reload.LiveConfigCreator;
import io.quarkiverse.procdaemon.runtime.reload.LiveMapping;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.processor.BeanInfo;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.ConfigClassBuildItem;
import io.quarkus.deployment.builditem.ConfigMappingBuildItem;
import io.quarkus.deployment.builditem.RunTimeConfigBuilderBuildItem;

class ReloadProcessor {

    // By name: without these libraries the types that they extend are missing.
    private static final String TOML_MAPPER = "com.fasterxml.jackson.dataformat.toml.TomlMapper";
    private static final String TOML = "io.quarkiverse.procdaemon.runtime.reload.toml.TomlConfigBuilder";
    private static final String YAML_READER = "io.smallrye.config.source.yaml.YamlConfigSource";
    private static final String YAML = "io.quarkiverse.procdaemon.runtime.reload.yaml.YamlConfigBuilder";

    @BuildStep
    RunTimeConfigBuilderBuildItem follow() {
        return new RunTimeConfigBuilderBuildItem(LiveConfigBuilder.class);
    }

    @BuildStep
    ConfigReadersBuildItem find(BeanDiscoveryFinishedBuildItem discovery, CombinedIndexBuildItem index,
            List<ConfigClassBuildItem> configClasses, BuildProducer<ProblemBuildItem> problems) {
        ConfigClasses classes = new ConfigClasses(configClasses);
        LiveInjections live = new LiveInjections(classes, index.getIndex());
        live.problems(discovery.getInjectionPoints()).stream().map(ProblemBuildItem::new).forEach(problems::produce);
        Map<DotName, List<String>> prefixes = new TreeMap<>();
        for (BeanInfo bean : discovery.beanStream().classBeans()) {
            prefixes.put(bean.getBeanClass(), prefixes(live.mappings(bean.getAllInjectionPoints())));
        }
        return new ConfigReadersBuildItem(live.mappings(discovery.getInjectionPoints()).stream()
                .map(mapping -> new LiveMapping(mapping.getConfigClass(), mapping.getPrefix())).toList(), prefixes,
                new RestartKeyCollector(classes).collect(discovery.getInjectionPoints()));
    }

    private static List<String> prefixes(List<ConfigClassBuildItem> mappings) {
        List<String> prefixes = mappings.stream()
                .flatMap(mapping -> ConfigClasses.roots(mapping.getConfigClass(), mapping.getPrefix()).stream()).distinct()
                .toList();
        return prefixes.contains("") ? List.of() : prefixes;
    }

    // Quarkus registers a mapping for the run only if it is injected as itself; it generates the classes of all.
    @BuildStep
    List<ConfigMappingBuildItem> register(ConfigReadersBuildItem live) {
        return live.mappings().stream().map(mapping -> new ConfigMappingBuildItem(mapping.type(), mapping.prefix())).toList();
    }

    // Defaults, so that a test may have one of its own.
    @BuildStep
    List<SyntheticBeanBuildItem> beans(ConfigReadersBuildItem live) {
        return live.mappings().stream().map(mapping -> SyntheticBeanBuildItem.configure(LiveConfig.class)
                .addType(ParameterizedType.create(LiveConfig.class, ClassType.create(mapping.type())))
                .scope(Singleton.class).defaultBean().creator(LiveConfigCreator.class)
                .param(LiveConfigCreator.MAPPING, mapping.type()).param(LiveConfigCreator.PREFIX, mapping.prefix()).done())
                .toList();
    }

    /** Reads {@code daemon.toml} if the application has Jackson's TOML module. */
    @BuildStep
    void readToml(BuildProducer<RunTimeConfigBuilderBuildItem> builders) {
        if (QuarkusClassLoader.isClassPresentAtRuntime(TOML_MAPPER)) {
            builders.produce(new RunTimeConfigBuilderBuildItem(TOML));
        }
    }

    /** Looks for duplicate keys in YAML if the application reads it. */
    @BuildStep
    void checkYaml(BuildProducer<RunTimeConfigBuilderBuildItem> builders) {
        if (QuarkusClassLoader.isClassPresentAtRuntime(YAML_READER)) {
            builders.produce(new RunTimeConfigBuilderBuildItem(YAML));
        }
    }
}
