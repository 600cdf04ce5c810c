package io.quarkiverse.procdaemon.deployment.validation;

import static io.quarkiverse.procdaemon.deployment.validation.Problems.discoveredWithout;
import static io.quarkiverse.procdaemon.deployment.validation.Problems.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.deployment.discovery.SubsystemClass;
import io.quarkus.arc.DefaultBean;
import io.quarkus.arc.profile.IfBuildProfile;

/** Which of several subsystems of one name there is. */
class ReplacementTest {

    private static final String HERE = ReplacementTest.class.getName() + "$";

    @Subsystem(value = "store", dependsOnNames = "a database that tests do not have")
    static class Store {
    }

    @Alternative
    @Priority(1)
    @Subsystem("store")
    static class FakeStore {
    }

    @Alternative
    @Priority(2)
    @Subsystem("store")
    static class BetterStore {
    }

    @Alternative
    @Priority(2)
    @Subsystem("store")
    static class OtherStore {
    }

    @IfBuildProfile("test")
    @Subsystem("store")
    static class TestStore {
    }

    @DefaultBean
    @Subsystem("store")
    static class DefaultStore {
    }

    @Subsystem(dependsOn = Store.class)
    static class Reader {
    }

    @Test
    void anAlternativeReplacesTheOtherAndWhoDependsOnThatMeansTheName() {
        assertThat(problems(Store.class, FakeStore.class, Reader.class)).isEmpty();
        assertThat(enabled(Store.class, FakeStore.class, Reader.class)).containsExactly(HERE + "FakeStore", HERE + "Reader");
        ValidatedSubsystemsBuildItem validated = new ValidatedSubsystemsBuildItem(
                discoveredWithout(Set.of(), Store.class, FakeStore.class, Reader.class));
        assertThat(validated.dependencies(validated.subsystems().get(1))).containsExactly("store");
    }

    @Test
    void theGreaterPriorityWins() {
        assertThat(enabled(Store.class, FakeStore.class, BetterStore.class)).containsExactly(HERE + "BetterStore");
    }

    @Test
    void aProfileReplacesWhatIsAlwaysThereAndThatReplacesADefault() {
        assertThat(enabled(FakeStore.class, TestStore.class)).containsExactly(HERE + "FakeStore");
        assertThat(enabled(TestStore.class, DefaultStore.class)).containsExactly(HERE + "TestStore");
        assertThat(enabled(Sole.class, SoleDefault.class)).containsExactly(HERE + "Sole");
    }

    @Subsystem("sole")
    static class Sole {
    }

    @DefaultBean
    @Subsystem("sole")
    static class SoleDefault {
    }

    @Test
    void twoThatAreEquallyGoodAreOneTooMany() {
        assertThat(problems(FakeStore.class, BetterStore.class, OtherStore.class)).containsExactly(HERE + "BetterStore, " + HERE
                + "OtherStore: there are two subsystems named 'store'; give one of them another name; to replace one by the other, select "
                + "it as an @Alternative with a @Priority, or let build profiles or properties "
                + "decide (@IfBuildProfile)");
    }

    @Subsystem("off")
    static class On {
    }

    @Subsystem(dependsOn = DependencyValidationTest.Off.class)
    static class NeedsOff {
    }

    @Test
    void whoDependsOnAClassThatIsDisabledMeansTheOneThatIsThere() {
        Set<Class<?>> disabled = Set.of(DependencyValidationTest.Off.class);
        assertThat(Problems.problemsWithout(disabled, DependencyValidationTest.Off.class, On.class, NeedsOff.class)).isEmpty();
    }

    @Alternative
    @Priority(1)
    @Subsystem(value = "store", dependsOn = Store.class)
    static class Wrapper {
    }

    @Test
    void whatReplacesAnotherCannotDependOnIt() {
        assertThat(problems(Store.class, Wrapper.class)).containsExactly(HERE + "Wrapper: the dependencies form a cycle: "
                + "store -> store; remove one of these dependencies");
    }

    private static List<String> enabled(Class<?>... types) {
        return new ValidatedSubsystemsBuildItem(discoveredWithout(Set.of(), types)).subsystems().stream()
                .map(SubsystemClass::location).toList();
    }
}
