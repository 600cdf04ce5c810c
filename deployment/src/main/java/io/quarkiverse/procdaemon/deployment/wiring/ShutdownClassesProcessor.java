package io.quarkiverse.procdaemon.deployment.wiring;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.procdaemon.runtime.wiring.ShutdownClasses;
import io.quarkus.deployment.IsProduction;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.GeneratedResourceBuildItem;
import io.quarkus.deployment.pkg.builditem.CurateOutcomeBuildItem;
import io.quarkus.maven.dependency.ResolvedDependency;

/**
 * Lists the classes that are loaded before a shutdown: every class of the packages that a shutdown passes through, so that the
 * list cannot fall behind the code. Left out are packages of which the start, or a report that is configured, loads what
 * counts.
 */
class ShutdownClassesProcessor {

    private static final Pattern NEEDED = Pattern.compile("(io/quarkiverse/procdaemon/"
            + "((Shutdown|Error|Failure)|event/SubsystemEvent|runtime/engine/(events|foreign|log|loop|run|shutdown|supervisor|time)/)"
            + "[\\w$]*)\\.class");

    @BuildStep(onlyIf = IsProduction.class)
    GeneratedResourceBuildItem shutdownClasses(CurateOutcomeBuildItem application) {
        Set<String> names = new TreeSet<>();
        for (ResolvedDependency dependency : application.getApplicationModel().getDependencies()) {
            if (dependency.getGroupId().equals("io.quarkiverse.procdaemon")
                    && dependency.getArtifactId().equals("quarkus-proc-daemon")) {
                dependency.getContentTree().walk(visit -> addIfNeeded(visit.getRelativePath("/"), names));
            }
        }
        return new GeneratedResourceBuildItem(ShutdownClasses.LIST, String.join("\n", names).getBytes(StandardCharsets.UTF_8));
    }

    private static void addIfNeeded(String path, Set<String> names) {
        Matcher matcher = NEEDED.matcher(path);
        if (matcher.matches()) {
            names.add(matcher.group(1).replace('/', '.'));
        }
    }
}
