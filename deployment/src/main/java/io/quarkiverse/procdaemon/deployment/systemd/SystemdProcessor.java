package io.quarkiverse.procdaemon.deployment.systemd;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NoSuchElementException;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.procdaemon.deployment.validation.ShutdownBudgetBuildItem;
import io.quarkiverse.procdaemon.deployment.validation.StartBudgetBuildItem;
import io.quarkiverse.procdaemon.runtime.config.DaemonBuildTimeConfig;
import io.quarkiverse.procdaemon.runtime.config.SystemdBuildTimeConfig.UnitConfig;
import io.quarkus.deployment.IsProduction;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.ApplicationInfoBuildItem;
import io.quarkus.deployment.builditem.GeneratedFileSystemResourceBuildItem;
import io.quarkus.deployment.builditem.ModuleEnableNativeAccessBuildItem;
import io.quarkus.deployment.pkg.NativeConfig;
import io.quarkus.deployment.pkg.PackageConfig;
import io.quarkus.deployment.pkg.PackageConfig.JarConfig.JarType;
import io.quarkus.deployment.pkg.builditem.OutputTargetBuildItem;

class SystemdProcessor {

    @BuildStep(onlyIf = IsProduction.class)
    void unit(DaemonBuildTimeConfig config, ApplicationInfoBuildItem application, OutputTargetBuildItem target,
            PackageConfig packaging, NativeConfig nativeConfig, StartBudgetBuildItem start, ShutdownBudgetBuildItem budget,
            BuildProducer<GeneratedFileSystemResourceBuildItem> files) {
        UnitConfig unit = config.systemd().unit();
        if (!unit.enabled()) {
            return;
        }
        Config known = ConfigProvider.getConfig();
        String name = value(known, "name", application.getName());
        UnitFile.Facts facts = new UnitFile.Facts(name,
                command("/opt/" + UnitValue.name(name) + "/", target.getBaseName() + packaging.computedRunnerSuffix(),
                        packaging,
                        nativeConfig.enabled()),
                unit.type(), unit.user(), !value(known, "reload.enabled", "true").equals("false"), start.budget().total(),
                budget,
                unit.directives());
        files.produce(new GeneratedFileSystemResourceBuildItem("proc-daemon/" + facts.unit() + ".service",
                UnitFile.of(facts).getBytes(StandardCharsets.UTF_8)));
    }

    /** So that a JVM does not warn about the messages to systemd; it is a line in the manifest of the application. */
    @BuildStep(onlyIf = IsProduction.class)
    ModuleEnableNativeAccessBuildItem nativeAccess() {
        return new ModuleEnableNativeAccessBuildItem("io.quarkiverse.procdaemon");
    }

    /** Of a key that the start reads, as far as it is known already. */
    private static String value(Config config, String key, String otherwise) {
        try {
            return config.getOptionalValue("quarkus.proc-daemon." + key, String.class).orElse(otherwise);
        } catch (IllegalArgumentException | NoSuchElementException notYet) {
            return otherwise;
        }
    }

    private static List<String> command(String directory, String runner, PackageConfig packaging, boolean isNative) {
        if (isNative) {
            return List.of(directory + runner);
        }
        boolean single = packaging.jar().type() == JarType.UBER_JAR || packaging.jar().type() == JarType.LEGACY_JAR;
        return List.of("/usr/bin/java", "-jar", directory + (single ? runner + ".jar" : "quarkus-run.jar"));
    }
}
