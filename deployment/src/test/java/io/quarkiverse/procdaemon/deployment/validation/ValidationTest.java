package io.quarkiverse.procdaemon.deployment.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Singleton;

import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;
import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.Healthy;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.deployment.discovery.Discovery;
import io.smallrye.mutiny.Uni;

class ValidationTest {

    private static final String HERE = ValidationTest.class.getName() + "$";

    @Subsystem
    static class Sound {
        @OnStart
        Uni<Void> open(SubsystemContext context) {
            return Uni.createFrom().voidItem();
        }

        @Run
        CompletionStage<String> run(ShutdownHandle shutdown) {
            return CompletableFuture.completedStage("");
        }

        @OnStop
        protected CompletableFuture<Void> close() {
            return CompletableFuture.completedFuture(null);
        }

        @Healthy
        public Uni<Boolean> well() {
            return Uni.createFrom().item(true);
        }
    }

    @Test
    void aSoundSubsystemHasNoProblem() {
        assertThat(problems(Sound.class)).isEmpty();
    }

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
        assertThat(problems(Lost.class, Sound.class)).containsExactly(HERE + "Lost: "
                + "subsystem 'lost' depends on 'nowhere', which is no subsystem; known are lost, sound");
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
                        + "build by a profile, a property or an exclusion; enable it, disable this one with it, or remove it "
                        + "from dependsOn",
                HERE + "NeedsOffByName: depends on 'off', a subsystem (" + HERE + "Off) that is disabled in this build by a "
                        + "profile, a property or an exclusion; enable it, disable this one with it, or remove it from "
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
                + "Pollux: there are two subsystems named 'twin'; give one of them another name");
    }

    @Subsystem("no spaces!")
    static class BadName {
    }

    @Test
    void anIllegalNameIsReported() {
        assertThat(problems(BadName.class)).containsExactly(HERE + "BadName: 'no spaces!' is no legal name for a subsystem; "
                + "give it one of letters, digits, '-', '_' and '.'");
    }

    @Subsystem(dependsOn = String.class)
    static class NeedsString {
    }

    @Test
    void aDependencyThatIsNoSubsystemIsReported() {
        assertThat(problems(NeedsString.class)).containsExactly(HERE + "NeedsString: depends on java.lang.String, which is no "
                + "@Subsystem; annotate that class with @Subsystem or remove it from dependsOn");
    }

    static class OpensBase {
        @OnStart
        void openBase() {
        }
    }

    @Subsystem
    static class Opens extends OpensBase {
        @OnStart
        void one() {
        }

        @OnStart
        void two(ShutdownHandle shutdown) {
        }
    }

    @Test
    void twoMethodsWithOneAnnotationAreReportedTogether() {
        assertThat(problems(OpensBase.class, Opens.class)).containsExactly(HERE + "Opens: has 3 methods annotated @OnStart: "
                + "one() and two(ShutdownHandle) and " + HERE + "OpensBase.openBase(); keep the annotation on one of them");
    }

    @Subsystem
    static class Illegal {
        @OnStart
        private String open(String name, int count) {
            return name;
        }

        @Run
        static void run() {
        }

        @Healthy
        Boolean well(ShutdownHandle shutdown) {
            return true;
        }
    }

    @Subsystem
    static class IllegalAnswers {
        @OnStop
        Object close(Object any) {
            return any;
        }

        @Healthy
        Uni<String> well() {
            return Uni.createFrom().item("");
        }
    }

    @Test
    void illegalSignaturesAreReportedOneByOne() {
        assertThat(problems(Illegal.class, IllegalAnswers.class)).containsExactly(
                HERE + "Illegal.open(String, int): a method annotated @OnStart cannot be private; remove 'private'",
                HERE + "Illegal.open(String, int): a method annotated @OnStart cannot take java.lang.String, int; let it take "
                        + "nothing, a ShutdownHandle or a SubsystemContext",
                HERE + "Illegal.open(String, int): a method annotated @OnStart cannot return java.lang.String; let it return "
                        + "void, Uni or CompletionStage",
                HERE + "Illegal.run(): a method annotated @Run cannot be static; remove 'static'",
                HERE + "Illegal.well(ShutdownHandle): a method annotated @Healthy cannot take " + ShutdownHandle.class.getName()
                        + "; let it take nothing",
                HERE + "Illegal.well(ShutdownHandle): a method annotated @Healthy cannot return java.lang.Boolean; let it return "
                        + "boolean, Uni<Boolean> or CompletionStage<Boolean>",
                HERE + "IllegalAnswers.close(Object): a method annotated @OnStop cannot take java.lang.Object; let it take "
                        + "nothing, a ShutdownHandle or a SubsystemContext",
                HERE + "IllegalAnswers.close(Object): a method annotated @OnStop cannot return java.lang.Object; let it return "
                        + "void, Uni or CompletionStage",
                HERE + "IllegalAnswers.well(): a method annotated @Healthy cannot return io.smallrye.mutiny.Uni<java.lang.String>; "
                        + "let it return boolean, Uni<Boolean> or CompletionStage<Boolean>");
    }

    abstract static class Template {
        @OnStart
        abstract void open();
    }

    @Subsystem
    static class Filled extends Template {
        @Override
        void open() {
        }
    }

    @Subsystem
    abstract static class Abstract {
        @Run
        abstract void run();
    }

    @Subsystem
    interface Interface {
    }

    @Subsystem
    enum Enumerated {
        ONE
    }

    @Subsystem
    class Inner {
    }

    @Subsystem
    static class Unconstructable {
        Unconstructable(String one) {
        }

        Unconstructable(int one) {
        }
    }

    @Test
    void whatCanBeNoBeanIsReported() {
        assertThat(problemsWithout(Set.of(Unconstructable.class), Abstract.class, Interface.class, Enumerated.class,
                Inner.class,
                Unconstructable.class)).containsExactly(
                        HERE + "Abstract: a @Subsystem cannot be an abstract class; annotate the class that extends it",
                        HERE + "Enumerated: a @Subsystem cannot be an enum; make it a class",
                        HERE + "Inner: a @Subsystem cannot be an inner class; make it static or a class of its own",
                        HERE + "Interface: a @Subsystem cannot be an interface; annotate the class that implements it",
                        HERE + "Unconstructable: a @Subsystem cannot be a class without a constructor that CDI can call; "
                                + "annotate one with @Inject or add one without parameters",
                        HERE + "Abstract.run(): a method annotated @Run cannot be abstract; annotate the method that "
                                + "implements it");
    }

    @Test
    void anAbstractMethodDoesNotPassItsAnnotationOn() {
        assertThat(problems(Template.class, Filled.class))
                .containsExactly(HERE + "Template.open(): a method annotated @OnStart "
                        + "cannot be abstract; annotate the method that implements it");
    }

    static class Stranger {
        @Run
        void run() {
        }
    }

    @Test
    void annotationsOutsideOfSubsystemsAreReported() {
        assertThat(problems(Stranger.class)).containsExactly(HERE + "Stranger.run(): @Run has no effect here, since " + HERE
                + "Stranger is no @Subsystem nor a superclass of one; annotate the class with @Subsystem or remove @Run");
    }

    @Subsystem
    @RequestScoped
    static class Fleeting {
    }

    @Test
    void aScopeShorterThanTheDaemonsLifeIsReported() {
        assertThat(problems(RequestScoped.class, Fleeting.class)).containsExactly(HERE + "Fleeting: a @Subsystem lives as long "
                + "as the daemon and cannot be @RequestScoped; remove the scope, or use @ApplicationScoped");
    }

    private static List<String> problems(Class<?>... types) {
        return problemsWithout(Set.of(), types);
    }

    private static List<String> problemsWithout(Set<Class<?>> noBeans, Class<?>... types) {
        List<Class<?>> indexed = new ArrayList<>(List.of(types));
        indexed.add(Subsystem.class);
        try {
            Index index = Index.of(indexed);
            return Validation.problems(Discovery.discover(index, index.getKnownClasses().stream()
                    .filter(type -> noBeans.stream().noneMatch(none -> none.getName().equals(type.name().toString())))
                    .collect(Collectors.toMap(type -> type.name(), type -> type.hasDeclaredAnnotation(RequestScoped.class)
                            ? DotName.createSimple(RequestScoped.class)
                            : DotName.createSimple(Singleton.class))),
                    type -> type.name().toString().equals(Off.class.getName())));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
