package io.quarkiverse.procdaemon.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.SubsystemBuilder;
import io.quarkus.runtime.RuntimeValue;

@Tag("any-jdk")
class SubsystemBuildItemTest {

    private static final SubsystemBuildItem BEAN = SubsystemBuildItem.ofBean("poller", "com.acme.Poller");

    @Test
    void hasTheDefaultsOfTheAnnotation() {
        assertThat(BEAN.getName()).isEqualTo("poller");
        assertThat(BEAN.getBeanClass()).contains("com.acme.Poller");
        assertThat(BEAN.getCode()).isEmpty();
        assertThat(BEAN.getDependsOn()).isEmpty();
        assertThat(BEAN.getRestart()).isEqualTo(RestartPolicy.ON_FAILURE);
        assertThat(BEAN.isCritical()).isTrue();
        assertThat(BEAN.getRestartOn()).isEmpty();
    }

    @Test
    void eachMethodReturnsAChangedCopy() {
        SubsystemBuildItem changed = BEAN.dependsOn("a").dependsOn("b", "c").restart(RestartPolicy.NEVER).critical(false)
                .restartOn("x").restartOn("y");
        assertThat(changed.getDependsOn()).containsExactly("a", "b", "c");
        assertThat(changed.getRestart()).isEqualTo(RestartPolicy.NEVER);
        assertThat(changed.isCritical()).isFalse();
        assertThat(changed.getRestartOn()).containsExactly("x", "y");
        assertThat(changed.getBeanClass()).contains("com.acme.Poller");
        assertThat(changed.getContributor()).isEqualTo(BEAN.getContributor());
        hasTheDefaultsOfTheAnnotation();
    }

    @Test
    void isEitherABeanOrCode() {
        RuntimeValue<Consumer<SubsystemBuilder>> code = new RuntimeValue<>();
        SubsystemBuildItem supplied = SubsystemBuildItem.ofRuntime("cache", code).critical(false);
        assertThat(supplied.getBeanClass()).isEmpty();
        assertThat(supplied.getCode().orElseThrow()).isSameAs(code);
    }

    @Test
    void knowsTheMethodThatMadeItAlsoInAStream() {
        String here = getClass().getName() + ".knowsTheMethodThatMadeItAlsoInAStream";
        List<SubsystemBuildItem> items = Stream.of("a", "b").map(name -> SubsystemBuildItem.ofBean(name, "com.acme.A"))
                .toList();
        assertThat(items).extracting(SubsystemBuildItem::getContributor).containsOnly(here);
        assertThat(SubsystemBuildItem.ofRuntime("c", new RuntimeValue<>()).getContributor()).isEqualTo(here);
    }

    @Test
    void refusesNull() {
        assertThatIllegalArgumentException().isThrownBy(() -> SubsystemBuildItem.ofBean(null, "com.acme.A"))
                .withMessage("the name is null");
        assertThatIllegalArgumentException().isThrownBy(() -> SubsystemBuildItem.ofBean("a", null))
                .withMessage("the name of the bean class is null");
        assertThatIllegalArgumentException().isThrownBy(() -> SubsystemBuildItem.ofRuntime("a", null))
                .withMessage("the code is null");
        assertThatIllegalArgumentException().isThrownBy(() -> BEAN.dependsOn("a", null))
                .withMessage("a name of a dependency is null");
        assertThatIllegalArgumentException().isThrownBy(() -> BEAN.restart(null)).withMessage("the policy is null");
        assertThatIllegalArgumentException().isThrownBy(() -> BEAN.restartOn((String) null)).withMessage("a prefix is null");
    }
}
