package io.quarkiverse.procdaemon.deployment.validation;

import java.util.List;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.InvalidConfigurationException;
import io.quarkiverse.procdaemon.deployment.discovery.Subsystems;
import io.quarkiverse.procdaemon.deployment.discovery.SubsystemsBuildItem;
import io.quarkus.deployment.annotations.BuildStep;

class ValidationProcessor {

    private static final Logger LOG = Logger.getLogger(ValidationProcessor.class);

    // Thrown here and not produced as a ValidationErrorBuildItem: Arc reports those only after it has resolved all injection
    // points, so a subsystem that is both a dependency and injected would fail with Arc's own message only.
    @BuildStep
    ValidatedSubsystemsBuildItem validate(SubsystemsBuildItem discovered, List<ProblemBuildItem> others) {
        Subsystems subsystems = discovered.subsystems();
        List<String> problems = Stream.concat(Validation.problems(subsystems).stream(),
                others.stream().map(ProblemBuildItem::problem)).toList();
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(ErrorCode.INVALID_SUBSYSTEMS, "the declaration of the subsystems",
                    problems);
        }
        Validation.warnings(subsystems).forEach(LOG::warn);
        return new ValidatedSubsystemsBuildItem(subsystems);
    }
}
