package io.quarkiverse.procdaemon.runtime.engine.graph;

import java.util.Collection;
import java.util.List;

/** Why a set of subsystems cannot be put in an order. */
public sealed interface GraphProblem {

    /** What is wrong and what to do, in a full sentence. */
    String describe();

    /**
     * Subsystems that depend on each other in a cycle.
     *
     * @param path the names along the cycle; the first one is repeated at the end
     */
    record Cycle(List<String> path) implements GraphProblem {

        @Override
        public String describe() {
            return "the dependencies form a cycle: " + String.join(" -> ", path) + "; remove one of these dependencies";
        }
    }

    /**
     * A dependency that names no subsystem.
     *
     * @param subsystem the subsystem that declares it
     * @param dependency the name declared
     * @param known the known names
     */
    record UnknownDependency(String subsystem, String dependency, Collection<String> known) implements GraphProblem {

        @Override
        public String describe() {
            return "subsystem '" + subsystem + "' depends on '" + dependency + "', which does not exist; known subsystems: "
                    + String.join(", ", known);
        }
    }

    /**
     * Two subsystems with the same name.
     *
     * @param name the name
     */
    record DuplicateName(String name) implements GraphProblem {

        @Override
        public String describe() {
            return "there are two subsystems named '" + name + "'; give one of them another name";
        }
    }

    /**
     * A name that cannot be used as a key.
     *
     * @param name the name
     */
    record IllegalName(String name) implements GraphProblem {

        @Override
        public String describe() {
            return "the name '" + name + "' is not legal; use letters, digits, '-', '_' and '.'";
        }
    }
}
