package io.quarkiverse.procdaemon.deployment.validation;

import static io.quarkiverse.procdaemon.deployment.validation.Problems.problems;
import static io.quarkiverse.procdaemon.deployment.validation.Problems.problemsWithout;
import static io.quarkiverse.procdaemon.deployment.validation.Problems.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import jakarta.enterprise.context.RequestScoped;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.ConfigChange;
import io.quarkiverse.procdaemon.Healthy;
import io.quarkiverse.procdaemon.OnReload;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;

@Tag("any-jdk")
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

        @OnReload
        Uni<?> reload(ConfigChange change) {
            return Uni.createFrom().voidItem();
        }
    }

    @Test
    void aSoundSubsystemHasNoProblem() {
        assertThat(problems(Sound.class)).isEmpty();
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

    @Subsystem
    static class IllegalReload {
        @OnReload
        private static boolean reload(ShutdownHandle shutdown) {
            return true;
        }
    }

    @Subsystem
    static class ReloadsTwice {
        @OnReload
        void one() {
        }

        @OnReload
        CompletionStage<?> two(ConfigChange change) {
            return null;
        }
    }

    @Test
    void anIllegalReactionIsReported() {
        String where = HERE + "IllegalReload.reload(ShutdownHandle): a method annotated @OnReload cannot ";
        assertThat(problems(IllegalReload.class, ReloadsTwice.class)).containsExactly(
                where + "be private; remove 'private'",
                where + "be static; remove 'static'",
                where + "take " + ShutdownHandle.class.getName() + "; let it take nothing or a ConfigChange",
                where + "return boolean; let it return void, Uni or CompletionStage",
                HERE + "ReloadsTwice: has 2 methods annotated @OnReload: one() and two(ConfigChange); keep the annotation on "
                        + "one of them");
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
        assertThat(problems(Template.class, Filled.class)).isEmpty();
        assertThat(warnings(Template.class, Filled.class)).containsExactly(HERE + "Filled.open(): overrides " + HERE
                + "Template.open(), which is annotated @OnStart, without that annotation, so the daemon does not call it; "
                + "annotate it with @OnStart if the daemon is to call it");
    }

    @Subsystem
    static class Threaded {
        @OnStart
        @NonBlocking
        void open() {
        }

        @Run
        @RunOnVirtualThread
        void run() {
        }

        @OnStop
        @Blocking
        void close() {
        }
    }

    @Test
    void anExecutionModelIsReportedWithTheKeyThatDoesIt() {
        String remedy = "; remove it: the configuration key quarkus.proc-daemon.subsystem.thread chooses the threads of "
                + "subsystems";
        assertThat(problems(Threaded.class)).containsExactly(
                HERE + "Threaded.open(): a method annotated @OnStart cannot be @NonBlocking" + remedy,
                HERE + "Threaded.run(): a method annotated @Run cannot be @RunOnVirtualThread" + remedy,
                HERE + "Threaded.close(): a method annotated @OnStop cannot be @Blocking" + remedy);
    }

    static class Stranger {
        @Run
        void run() {
        }
    }

    @Test
    void annotationsOutsideOfSubsystemsAreReported() {
        assertThat(problems(Stranger.class)).containsExactly(HERE + "Stranger.run(): @Run has no effect here, since " + HERE
                + "Stranger is neither a @Subsystem nor a superclass of one; annotate the class with @Subsystem or remove @Run");
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

    @Subsystem(restartOn = { "gateway", "poll.batch" })
    static class Poller {
        @Run(every = "{poll.interval:500ms}")
        void poll() {
        }
    }

    @Subsystem(restartOn = { "gateway", " " })
    static class Hasty {
        @Run(every = "-1s")
        void poll() {
        }
    }

    @Subsystem
    static class Braces {
        @Run(every = "${poll.interval}")
        void poll(ShutdownHandle shutdown) {
        }
    }

    @Subsystem
    static class Default {
        @Run(every = "{poll.interval:xyz}")
        void poll() {
        }
    }

    @Subsystem
    static class Blank {
        @Run(every = "")
        void poll() {
        }
    }

    @Test
    void intervalsAndPrefixes() {
        assertThat(problems(Poller.class)).isEmpty();
        assertThat(problems(Hasty.class, Braces.class, Default.class, Blank.class)).containsExactlyInAnyOrder(
                HERE + "Hasty: restartOn has a blank prefix, so that every change of the configuration would restart it; remove "
                        + "it, or name the keys that it reads at its start",
                HERE + "Hasty.poll(): the interval \"-1s\" is not greater than zero; raise it, or write 'off' for no calls",
                HERE + "Braces.poll(ShutdownHandle): the interval \"${poll.interval}\" is malformed; write a key and nothing "
                        + "else, as in {poll.interval} or {poll.interval:30s}",
                HERE + "Default.poll(): the interval \"{poll.interval:xyz}\" has a default that is not a duration; write it as "
                        + "in 500ms, 30s, 5m or PT1H30M, or 'off' for no calls",
                HERE + "Blank.poll(): the interval \"\" is empty; write it as in 500ms, 30s, 5m or PT1H30M, or 'off' for no "
                        + "calls");
    }
}
