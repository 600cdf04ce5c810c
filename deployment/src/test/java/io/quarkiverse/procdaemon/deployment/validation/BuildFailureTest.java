package io.quarkiverse.procdaemon.deployment.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.api.Assertions.fail;

import jakarta.inject.Inject;

import org.acme.ThreadOfItsOwn;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.Healthy;
import io.quarkiverse.procdaemon.InvalidConfigurationException;
import io.quarkiverse.procdaemon.OnReload;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.test.QuarkusUnitTest;

/** One build with one mistake of each kind: all are reported, also those that Arc would stumble over by itself. */
@Tag("any-jdk")
class BuildFailureTest {

    private static final String HERE = BuildFailureTest.class.getName() + "$";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(RingA.class, RingB.class, Lost.class, OnlyInProduction.class,
                    NeedsDisabled.class, Castor.class, Pollux.class, BadName.class, NeedsString.class, Twice.class,
                    Illegal.class, Stranger.class, Abstract.class, Interface.class, ThreadOfItsOwn.class))
            .assertException(thrown -> assertThat(thrown).asInstanceOf(type(InvalidConfigurationException.class))
                    .satisfies(BuildFailureTest::check));

    private static void check(InvalidConfigurationException failure) {
        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_SUBSYSTEMS);
        assertThat(failure).hasMessageStartingWith("PD-1001: the declaration of the subsystems has 16 problems:\n  - ");
        assertThat(failure.problems()).containsExactlyInAnyOrder(
                HERE + "RingA, " + HERE + "RingB: the dependencies form a cycle: ring-a -> ring-b -> ring-a; "
                        + "remove one of these dependencies",
                HERE + "Lost: subsystem 'lost' depends on 'nowhere', which does not exist; known subsystems: abstract, bad name, "
                        + "illegal, interface, lost, needs-disabled, needs-string, ring-a, ring-b, thread-of-its-own, twice, twin",
                HERE + "NeedsDisabled: depends on " + HERE + "OnlyInProduction, a subsystem (" + HERE + "OnlyInProduction) "
                        + "that is disabled in this build by a profile, a property or an exclusion; enable it, disable this "
                        + "one too, or remove it from dependsOn",
                HERE + "Castor, " + HERE + "Pollux: there are two subsystems named 'twin'; give one of them another name; "
                        + "to replace one by the other, select it as an @Alternative with a @Priority, or "
                        + "let build profiles or properties decide (@IfBuildProfile)",
                HERE + "BadName: 'bad name' is not a legal name for a subsystem; use letters, digits, '-', '_' and '.'",
                HERE + "NeedsString: depends on java.lang.String, which is not a @Subsystem; annotate that class with @Subsystem "
                        + "or remove it from dependsOn",
                HERE + "Twice: has 2 methods annotated @OnStart: one() and two(); keep the annotation on one of them",
                HERE + "Illegal.run(): a method annotated @Run cannot be private; remove 'private'",
                HERE + "Illegal.well(String): a method annotated @Healthy cannot take java.lang.String; let it take nothing",
                HERE + "Illegal.well(String): a method annotated @Healthy cannot return void; let it return boolean, "
                        + "Uni<Boolean> or CompletionStage<Boolean>",
                HERE + "Illegal.reload(String): a method annotated @OnReload cannot take java.lang.String; let it take nothing "
                        + "or a ConfigChange",
                HERE + "Stranger.reload(): @OnReload has no effect here, since " + HERE
                        + "Stranger is neither a @Subsystem nor "
                        + "a superclass of one; annotate the class with @Subsystem or remove @OnReload",
                HERE + "Stranger.run(): @Run has no effect here, since " + HERE + "Stranger is neither a @Subsystem nor a "
                        + "superclass of one; annotate the class with @Subsystem or remove @Run",
                HERE + "Abstract: a @Subsystem cannot be an abstract class; annotate the class that extends it",
                HERE + "Interface: a @Subsystem cannot be an interface; annotate the class that implements it",
                ThreadOfItsOwn.class.getName() + ".run(): a method annotated @Run cannot be @RunOnVirtualThread; remove it: "
                        + "the configuration key quarkus.proc-daemon.subsystem.thread chooses the threads of subsystems");
    }

    @Test
    void doesNotGetHere() {
        fail("the build should have failed");
    }

    @Subsystem(dependsOn = RingB.class)
    static class RingA {
    }

    @Subsystem(dependsOn = RingA.class)
    static class RingB {
    }

    @Subsystem(dependsOnNames = "nowhere")
    static class Lost {
    }

    @IfBuildProfile("prod")
    @Subsystem
    static class OnlyInProduction {
    }

    @Subsystem(dependsOn = OnlyInProduction.class)
    static class NeedsDisabled {
        @Inject
        OnlyInProduction disabled;
    }

    @Subsystem("twin")
    static class Castor {
    }

    @Subsystem("twin")
    static class Pollux {
    }

    @Subsystem("bad name")
    static class BadName {
    }

    @Subsystem(dependsOn = String.class)
    static class NeedsString {
    }

    @Subsystem
    static class Twice {
        @OnStart
        void one() {
        }

        @OnStart
        void two() {
        }
    }

    @Subsystem
    static class Illegal {
        @Run
        private void run() {
        }

        @Healthy
        void well(String patient) {
        }

        @OnReload
        void reload(String news) {
        }
    }

    static class Stranger {
        @Run
        void run() {
        }

        @OnReload
        void reload() {
        }
    }

    @Subsystem
    abstract static class Abstract {
    }

    @Subsystem
    interface Interface {
    }
}
