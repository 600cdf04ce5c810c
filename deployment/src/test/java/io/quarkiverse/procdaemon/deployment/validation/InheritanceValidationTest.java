package io.quarkiverse.procdaemon.deployment.validation;

import static io.quarkiverse.procdaemon.deployment.validation.Problems.problems;
import static io.quarkiverse.procdaemon.deployment.validation.Problems.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemContext;

/** What becomes of annotations in superclasses and interfaces. */
class InheritanceValidationTest {

    private static final String HERE = InheritanceValidationTest.class.getName() + "$";

    abstract static class Generic<C extends ShutdownHandle> {
        @Run
        abstract void body(C context);
    }

    @Subsystem
    static class Annotated extends Generic<SubsystemContext> {
        @Override
        @Run
        void body(SubsystemContext context) {
        }
    }

    abstract static class Between<B, D extends ShutdownHandle> extends Generic<D> {
        @OnStart
        void open(ShutdownHandle shutdown) {
        }
    }

    @Subsystem
    static class TwoLevels extends Between<String, SubsystemContext> {
        @Override
        @Run
        void body(SubsystemContext context) {
        }

        @Override
        @OnStart
        void open(ShutdownHandle shutdown) {
        }
    }

    @SuppressWarnings("rawtypes")
    @Subsystem
    static class Raw extends Generic {
        @Override
        @Run
        void body(ShutdownHandle context) {
        }
    }

    @Test
    void anOverrideOfAGenericMethodReplacesIt() {
        assertThat(problems(Generic.class, Between.class, Annotated.class, TwoLevels.class, Raw.class)).isEmpty();
        assertThat(warnings(Generic.class, Between.class, Annotated.class, TwoLevels.class, Raw.class)).isEmpty();
    }

    abstract static class Arrays<E> {
        @OnStop
        void close(Map<String, E> all, E[][] table) {
        }
    }

    @Subsystem
    static class OfStrings extends Arrays<String> {
        @Override
        void close(Map<String, String> all, String[][] table) {
        }
    }

    @Test
    void typeVariablesInArraysAreResolved() {
        assertThat(problems(Arrays.class, OfStrings.class)).isEmpty();
    }

    @Subsystem
    static class Overload extends Generic<SubsystemContext> {
        @Override
        @Run
        void body(SubsystemContext context) {
        }

        @Run
        void body(ShutdownHandle first, String second) {
        }
    }

    @Subsystem
    static class OverloadBelow extends Between<String, SubsystemContext> {
        @Override
        @Run
        void body(SubsystemContext context) {
        }

        void open(SubsystemContext context) {
        }
    }

    @Test
    void anOverloadReplacesNothing() {
        assertThat(problems(Generic.class, Overload.class)).contains(HERE + "Overload: has 2 methods annotated @Run: "
                + "body(SubsystemContext) and body(ShutdownHandle, String); keep the annotation on one of them");
        assertThat(problems(Generic.class, Between.class, OverloadBelow.class)).isEmpty();
        assertThat(warnings(Generic.class, Between.class, OverloadBelow.class)).isEmpty();
    }

    @Subsystem
    static class Unannotated extends Generic<SubsystemContext> {
        @Override
        void body(SubsystemContext context) {
        }
    }

    abstract static class Template {
        @OnStart
        abstract void open();

        @OnStop
        void close() {
        }
    }

    @Subsystem
    static class Plain extends Template {
        @Override
        void open() {
        }

        @Override
        void close() {
        }
    }

    @Test
    void anOverrideThatLosesItsAnnotationIsAWarning() {
        Class<?>[] types = { Generic.class, Unannotated.class, Template.class, Plain.class };
        assertThat(problems(types)).isEmpty();
        assertThat(warnings(types)).containsExactly(
                HERE + "Plain.open(): overrides " + HERE
                        + "Template.open(), which is annotated @OnStart, without that annotation, "
                        + "so the daemon does not call it; annotate it with @OnStart if the daemon is to call it",
                HERE + "Plain.close(): overrides " + HERE + "Template.close(), which is annotated @OnStop, without that "
                        + "annotation, so the daemon does not call it; annotate it with @OnStop if the daemon is to call it",
                HERE + "Unannotated.body(SubsystemContext): overrides " + HERE + "Generic.body(ShutdownHandle), which is "
                        + "annotated @Run, without that annotation, so the daemon does not call it; annotate it with @Run if the "
                        + "daemon is to call it");
    }

    @Test
    void baseClassesThatNothingExtendsAreAWarning() {
        assertThat(problems(Template.class, Generic.class, Task.class)).isEmpty();
        assertThat(warnings(Template.class, Task.class)).containsExactly(
                HERE + "Task.work(): @Run has no effect here, since nothing in this build implements " + HERE + "Task",
                HERE + "Template.close(): @OnStop has no effect here, since nothing in this build extends " + HERE + "Template",
                HERE + "Template.open(): @OnStart has no effect here, since nothing in this build extends " + HERE
                        + "Template");
    }

    static class Forgotten extends Template {
        @Override
        void open() {
        }
    }

    @Test
    void aBaseClassThatNoSubsystemExtendsIsReportedWithThoseThatDo() {
        assertThat(problems(Template.class, Forgotten.class)).containsExactly(
                HERE + "Template.close(): @OnStop has no effect here, since no @Subsystem extends " + HERE
                        + "Template; annotate " + HERE + "Forgotten with @Subsystem or remove @OnStop",
                HERE + "Template.open(): @OnStart has no effect here, since no @Subsystem extends " + HERE
                        + "Template; annotate " + HERE + "Forgotten with @Subsystem or remove @OnStart");
    }

    interface Task {
        @Run
        void work();
    }

    @Subsystem
    static class Worker implements Task {
        @Override
        public void work() {
        }
    }

    @Subsystem
    static class AnnotatedWorker implements Task {
        @Override
        @Run
        public void work() {
        }
    }

    @Test
    void anAnnotationInAnInterfaceIsReportedWhereItIsLost() {
        assertThat(problems(Task.class, Worker.class, AnnotatedWorker.class)).containsExactly(HERE + "Task.work(): @Run has no "
                + "effect here, since annotations of an interface are not inherited; annotate the method of " + HERE
                + "Worker");
        assertThat(problems(Task.class, AnnotatedWorker.class)).isEmpty();
        assertThat(warnings(Task.class, AnnotatedWorker.class)).isEmpty();
    }
}
