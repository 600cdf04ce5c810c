package io.quarkiverse.procdaemon.deployment.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.function.Consumer;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.InvalidConfigurationException;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemBuilder;
import io.quarkiverse.procdaemon.deployment.SubsystemBuildItem;
import io.quarkus.builder.BuildContext;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.test.QuarkusUnitTest;

/** What other extensions contribute is checked with what the application declares, and all is reported at once. */
@Tag("any-jdk")
class WrongContributionsTest {

    private static final String HERE = WrongContributionsTest.class.getName() + "$";
    private static final String BY = " (contributed by " + WrongContributionsTest.class.getName() + ".contribute)";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Door.class, Idle.class, Poller.class, Ring.class, Twice.class,
                    Twin.class))
            .addBuildChainCustomizer(chain -> chain.addBuildStep(WrongContributionsTest::contribute)
                    .produces(SubsystemBuildItem.class).build())
            .assertException(thrown -> assertThat(thrown).isInstanceOf(InvalidConfigurationException.class)
                    .hasMessage("PD-1001: the declaration of the subsystems has 9 problems:"
                            + "\n  - " + HERE + "Door" + BY
                            + ": a contributed subsystem cannot be an interface; contribute the "
                            + "class that implements it"
                            + "\n  - " + HERE + "Idle" + BY
                            + ": has no method for the daemon to call; annotate its methods with "
                            + "@OnStart, @Run, @OnStop, @Healthy or @OnReload"
                            + "\n  - " + HERE + "Poller" + BY
                            + ": 'bad name' is not a legal name for a subsystem; use letters, "
                            + "digits, '-', '_' and '.'"
                            + "\n  - org.acme.Missing" + BY
                            + ": this class is not on the class path of the application; correct "
                            + "its name, or add it to the runtime artifact of the extension"
                            + "\n  - subsystem 'lost'" + BY + ": restartOn has a blank prefix, so that every change of the "
                            + "configuration would restart it; remove it, or name the keys that it reads at its start"
                            + "\n  - " + HERE + "Twice, " + HERE + "Twice" + BY + ": one class cannot be several subsystems "
                            + "(once, twice); remove all but one of the contributions, or @Subsystem"
                            + "\n  - " + HERE + "Twin, subsystem 'twin'" + BY + ": there are two subsystems named 'twin'; give "
                            + "one of them another name"
                            + "\n  - subsystem 'lost'" + BY + ": subsystem 'lost' depends on 'nowhere', which does not exist; "
                            + "known subsystems: acme-door, acme-idle, acme-missing, bad name, lost, once, ring, ring-back, twin"
                            + "\n  - " + HERE + "Ring, subsystem 'ring-back'" + BY + ": the dependencies form a cycle: ring -> "
                            + "ring-back -> ring; remove one of these dependencies"));

    private static void contribute(BuildContext build) {
        build.produce(SubsystemBuildItem.ofBean("acme-door", Door.class.getName()));
        build.produce(SubsystemBuildItem.ofBean("acme-idle", Idle.class.getName()));
        build.produce(SubsystemBuildItem.ofBean("bad name", Poller.class.getName()));
        build.produce(SubsystemBuildItem.ofBean("acme-missing", "org.acme.Missing"));
        build.produce(SubsystemBuildItem.ofBean("twice", Twice.class.getName()));
        RuntimeValue<Consumer<SubsystemBuilder>> code = new RuntimeValue<>(builder -> fail("the build should have failed"));
        build.produce(SubsystemBuildItem.ofRuntime("twin", code));
        build.produce(SubsystemBuildItem.ofRuntime("ring-back", code).dependsOn("ring"));
        build.produce(SubsystemBuildItem.ofRuntime("lost", code).dependsOn("nowhere").restartOn(" "));
    }

    @Test
    void doesNotGetHere() {
        fail("the build should have failed");
    }

    interface Door {
    }

    static class Idle {
    }

    static class Poller {
        @OnStart
        void open() {
        }
    }

    @Subsystem(dependsOnNames = "ring-back")
    static class Ring {
    }

    @Subsystem("once")
    static class Twice {
        @OnStart
        void open() {
        }
    }

    @Subsystem
    static class Twin {
    }
}
