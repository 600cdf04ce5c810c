package io.quarkiverse.procdaemon.deployment.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;
import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemBuilder;
import io.quarkiverse.procdaemon.deployment.SubsystemBuildItem;
import io.quarkus.runtime.RuntimeValue;

class ContributionTest {

    interface Opens {
        @OnStart
        void open();
    }

    static class Base implements Opens {
        @Override
        @OnStart
        public void open() {
        }
    }

    static class Poller extends Base {
        @Run
        void poll() {
        }
    }

    @Subsystem("acme-poller")
    static class Fake {
    }

    private static final SubsystemBuildItem CONTRIBUTION = SubsystemBuildItem.ofBean("acme-poller", Poller.class.getName())
            .dependsOn("cache").restart(RestartPolicy.NEVER).critical(false).restartOn("acme");

    private static Subsystems discover(Map<Class<?>, Precedence> beans, SubsystemBuildItem... contributions)
            throws IOException {
        Index index = Index.of(Subsystem.class, Opens.class, Base.class, Poller.class, Fake.class);
        Map<DotName, SubsystemBean> found = beans.entrySet().stream().collect(Collectors.toMap(
                bean -> DotName.createSimple(bean.getKey()),
                bean -> new SubsystemBean(DotName.createSimple(Singleton.class), bean.getValue(), List.of())));
        return Discovery.discover(index, found, type -> true, List.of(contributions));
    }

    @Test
    void aContributedClassIsReadLikeAnAnnotatedOne() throws IOException {
        Subsystems found = discover(Map.of(Poller.class, Precedence.PLAIN), CONTRIBUTION);
        SubsystemClass poller = found.classes().get(1);
        assertThat(poller.type()).isEqualTo(DotName.createSimple(Poller.class));
        assertThat(poller.name()).isEqualTo("acme-poller");
        assertThat(poller.dependsOnNames()).containsExactly("cache");
        assertThat(poller.restart()).isEqualTo(RestartPolicy.NEVER);
        assertThat(poller.critical()).isFalse();
        assertThat(poller.restartOn()).containsExactly("acme");
        assertThat(poller.methods()).extracting(SubsystemMethod::location)
                .containsExactly(Poller.class.getName() + ".poll()", Base.class.getName() + ".open()");
        assertThat(poller.eligibility()).isEqualTo(Eligibility.ENABLED);
        assertThat(poller.location()).isEqualTo(Poller.class.getName() + " (contributed by " + getClass().getName()
                + ".<clinit>)");
        assertThat(found.strays()).isEmpty();
    }

    @Test
    void withoutItsContributionItsMethodsAreStrays() throws IOException {
        assertThat(discover(Map.of()).strays()).hasSize(3);
    }

    @Test
    void anAlternativeOfTheSameNameReplacesIt() throws IOException {
        Subsystems found = discover(Map.of(Poller.class, Precedence.PLAIN, Fake.class,
                new Precedence(Precedence.Level.ALTERNATIVE, 1)), CONTRIBUTION);
        assertThat(found.classes()).extracting(SubsystemClass::eligibility)
                .containsExactly(Eligibility.ENABLED, Eligibility.REPLACED);
    }

    @Test
    void whatIsExcludedFromThisBuildIsLeftOut() throws IOException {
        assertThat(discover(Map.of(), CONTRIBUTION).classes().get(1).eligibility()).isEqualTo(Eligibility.DISABLED);
    }

    @Test
    void codeHasNoClass() throws IOException {
        RuntimeValue<Consumer<SubsystemBuilder>> code = new RuntimeValue<>();
        Subsystems found = discover(Map.of(), SubsystemBuildItem.ofRuntime("b", code), SubsystemBuildItem.ofRuntime("a", code)
                .dependsOn("b").restart(RestartPolicy.ALWAYS).critical(false).restartOn("x"));
        String here = getClass().getName() + ".codeHasNoClass";
        assertThat(found.supplied()).containsExactly(
                new SuppliedSubsystem("a", List.of("b"), RestartPolicy.ALWAYS, false, List.of("x"), here),
                new SuppliedSubsystem("b", List.of(), RestartPolicy.ON_FAILURE, true, List.of(), here));
    }
}
