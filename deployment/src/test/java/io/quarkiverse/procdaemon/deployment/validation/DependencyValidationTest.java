package io.quarkiverse.procdaemon.deployment.validation;

import static io.quarkiverse.procdaemon.deployment.validation.Problems.problems;
import static io.quarkiverse.procdaemon.deployment.validation.Problems.problemsWithout;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.Subsystem;

/** What subsystems may depend on. */
@Tag("any-jdk")
class DependencyValidationTest {

    private static final String HERE = DependencyValidationTest.class.getName() + "$";

    @Subsystem(value = "a", dependsOnNames = "b")
    static class RingA {
    }

    @Subsystem(value = "b", dependsOn = RingC.class)
    static class RingB {
    }

    @Subsystem(value = "c", dependsOn = RingA.class)
    static class RingC {
    }

    @Test
    void aCycleIsNamedWithItsWholePath() {
        assertThat(problems(RingA.class, RingB.class, RingC.class)).containsExactly(HERE + "RingA, " + HERE + "RingB, " + HERE
                + "RingC: the dependencies form a cycle: a -> b -> c -> a; remove one of these dependencies");
    }

    @Subsystem(value = "self", dependsOn = Self.class)
    static class Self {
    }

    @Test
    void aDependencyOnItselfIsACycle() {
        assertThat(problems(Self.class)).containsExactly(
                HERE + "Self: the dependencies form a cycle: self -> self; remove one of these dependencies");
    }

    @Subsystem(value = "lost", dependsOnNames = "nowhere")
    static class Lost {
    }

    @Test
    void anUnknownDependencyIsReportedWithTheKnownOnes() {
        assertThat(problems(Lost.class, ValidationTest.Sound.class)).containsExactly(HERE + "Lost: "
                + "subsystem 'lost' depends on 'nowhere', which does not exist; known subsystems: lost, sound");
    }

    @Subsystem(value = "off")
    static class Off {
    }

    @Subsystem(dependsOn = Off.class)
    static class NeedsOffByClass {
    }

    @Subsystem(dependsOnNames = "off")
    static class NeedsOffByName {
    }

    @Test
    void aDisabledDependencyIsSaidToBeDisabled() {
        assertThat(problemsWithout(Set.of(Off.class), Off.class, NeedsOffByClass.class, NeedsOffByName.class)).containsExactly(
                HERE + "NeedsOffByClass: depends on " + HERE + "Off, a subsystem (" + HERE + "Off) that is disabled in this "
                        + "build by a profile, a property or an exclusion; enable it, disable this one too, or remove it "
                        + "from dependsOn",
                HERE + "NeedsOffByName: depends on 'off', a subsystem (" + HERE + "Off) that is disabled in this build by a "
                        + "profile, a property or an exclusion; enable it, disable this one too, or remove it from "
                        + "dependsOnNames");
    }

    @Subsystem("twin")
    static class Castor {
    }

    @Subsystem("twin")
    static class Pollux {
    }

    @Test
    void twoOfOneNameAreReportedWithBothClasses() {
        assertThat(problems(Castor.class, Pollux.class)).containsExactly(HERE + "Castor, " + HERE
                + "Pollux: there are two subsystems named 'twin'; give one of them another name; to replace one by the other, select it "
                + "as an @Alternative with a @Priority, or let build profiles or properties decide "
                + "(@IfBuildProfile)");
    }

    @Subsystem("no spaces!")
    static class BadName {
    }

    @Test
    void anIllegalNameIsReported() {
        assertThat(problems(BadName.class)).containsExactly(HERE + "BadName: 'no spaces!' is not a legal name for a subsystem; "
                + "use letters, digits, '-', '_' and '.'");
    }

    @Subsystem(dependsOn = String.class)
    static class NeedsString {
    }

    @Test
    void aDependencyThatIsNoSubsystemIsReported() {
        assertThat(problems(NeedsString.class)).containsExactly(HERE + "NeedsString: depends on java.lang.String, which is not "
                + "a @Subsystem; annotate that class with @Subsystem or remove it from dependsOn");
    }

    @Subsystem
    static class Unindexed {
    }

    @Subsystem(dependsOn = Unindexed.class)
    static class NeedsUnindexed {
    }

    @Test
    void aDependencyOutsideOfTheIndexIsSaidToBeThat() {
        assertThat(problems(NeedsUnindexed.class)).containsExactly(HERE + "NeedsUnindexed: depends on " + HERE + "Unindexed, "
                + "which is annotated @Subsystem but is in no index of this build, so it is not a bean; let the build of its jar "
                + "create an index (the Jandex plugin), or set quarkus.index-dependency.NAME.group-id and .artifact-id to that jar "
                + "here");
    }
}
