package io.quarkiverse.procdaemon.deployment.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.quarkiverse.procdaemon.deployment.discovery.LifecycleAnnotation;
import io.quarkiverse.procdaemon.deployment.discovery.LostAnnotation;
import io.quarkiverse.procdaemon.deployment.discovery.Subsystems;

/** Applies all rules to the declarations of subsystems. */
public final class Validation {

    private Validation() {
    }

    /** All problems, each a full sentence that begins with the location. */
    public static List<String> problems(Subsystems subsystems) {
        List<String> problems = new ArrayList<>();
        ClassRules.check(subsystems, problems::add);
        MethodRules.check(subsystems, problems::add);
        DependencyRules.check(subsystems, problems::add);
        return problems.stream().distinct().toList();
    }

    /** What is legal but probably not intended, in the same form. */
    public static List<String> warnings(Subsystems subsystems) {
        Stream<String> lost = subsystems.classes().stream().filter(subsystem -> !subsystem.eligibility().isLeftOut())
                .flatMap(subsystem -> subsystem.lost().stream()).map(Validation::lost);
        Stream<String> strays = subsystems.strays().stream().filter(MethodRules::isForOthers).map(MethodRules::warning);
        return Stream.concat(lost, strays).distinct().toList();
    }

    private static String lost(LostAnnotation lost) {
        LifecycleAnnotation annotation = lost.override().annotation();
        return lost.override().location() + ": overrides " + lost.overridden().location() + ", which is annotated " + annotation
                + ", without that annotation, so the daemon does not call it; annotate it with " + annotation
                + " if the daemon is to call it";
    }
}
