package io.quarkiverse.procdaemon.runtime.engine.graph;

import java.util.Collection;
import java.util.List;

/** Why a set of subsystems cannot be put in an order. */
public sealed interface GraphProblem {

    /** What is wrong and how out, a whole sentence. */
    String describe();

    /**
     * Subsystems that depend on each other in a ring.
     *
     * @param path the names along the ring; the first stands again at the end
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
     * @param subsystem who declares it
     * @param dependency the name declared
     * @param known the names there are
     */
    record UnknownDependency(String subsystem, String dependency, Collection<String> known) implements GraphProblem {

        @Override
        public String describe() {
            return "subsystem '" + subsystem + "' depends on '" + dependency + "', which does not exist; known subsystems: "
                    + String.join(", ", known);
        }
    }

    /**
     * Two subsystems of one name.
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
