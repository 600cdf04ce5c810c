package io.quarkiverse.procdaemon.deployment.discovery;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which of several subsystems of one name is the one of this build. */
final class Replacement {

    private Replacement() {
    }

    /**
     * The same classes. Of those that are enabled and have one name, the one of the greatest precedence replaces the others; if
     * there are several of those, none does.
     */
    static List<SubsystemClass> settle(List<SubsystemClass> classes) {
        Map<String, List<SubsystemClass>> enabled = classes.stream().filter(type -> type.standing() == Eligibility.ENABLED)
                .collect(Collectors.groupingBy(SubsystemClass::name));
        return classes.stream().map(type -> type.standing() == Eligibility.ENABLED && isReplaced(type, enabled.get(type.name()))
                ? type.replaced()
                : type).toList();
    }

    private static boolean isReplaced(SubsystemClass type, List<SubsystemClass> namesakes) {
        Precedence greatest = namesakes.stream().map(SubsystemClass::precedence).max(Comparator.naturalOrder()).orElseThrow();
        return type.precedence().compareTo(greatest) < 0;
    }
}
