package io.quarkiverse.procdaemon.runtime.reload;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import io.quarkiverse.procdaemon.event.ConfigProblem;

/** A configuration cannot be activated. */
final class Rejection extends Exception {

    private static final long serialVersionUID = 1;

    private final transient List<ConfigProblem> problems;

    Rejection(List<ConfigProblem> problems) {
        super(String.join("; ", problems.stream().map(ConfigProblem::toString).toList()), null, false, false);
        this.problems = problems;
    }

    Rejection(String reason) {
        this(List.of(new ConfigProblem(Optional.empty(), Optional.empty(), OptionalInt.empty(), reason)));
    }

    List<ConfigProblem> problems() {
        return problems;
    }
}
