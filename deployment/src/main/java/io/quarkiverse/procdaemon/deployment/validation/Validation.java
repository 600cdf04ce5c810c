package io.quarkiverse.procdaemon.deployment.validation;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.procdaemon.deployment.discovery.Subsystems;

/** All rules for the declarations of subsystems. */
public final class Validation {

    private Validation() {
    }

    /** Every problem there is, each a whole sentence that begins with where it is; empty if all is well. */
    public static List<String> problems(Subsystems subsystems) {
        List<String> problems = new ArrayList<>();
        ClassRules.check(subsystems, problems::add);
        MethodRules.check(subsystems, problems::add);
        DependencyRules.check(subsystems, problems::add);
        return problems.stream().distinct().toList();
    }
}
