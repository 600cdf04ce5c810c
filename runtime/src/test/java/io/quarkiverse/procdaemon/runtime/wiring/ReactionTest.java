package io.quarkiverse.procdaemon.runtime.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import jakarta.enterprise.invoke.Invoker;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.ConfigChange;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.ReloadCode;
import io.quarkus.arc.ArcContainer;
import io.quarkus.arc.InjectableBean;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.runtime.RuntimeValue;
import io.smallrye.mutiny.Uni;

/** How the method of a bean takes part in a reload. */
class ReactionTest {

    private static final ConfigChange CHANGE = stub(ConfigChange.class, null);

    private final List<Object> calls = new ArrayList<>();

    private ReloadCode reaction(boolean takesChange, boolean returnsVoid, Object result) throws Throwable {
        Invoker<Object, Object> invoker = (bean, arguments) -> {
            calls.add(bean);
            calls.addAll(Arrays.asList(arguments));
            return result;
        };
        SubsystemDefinition.Method method = new SubsystemDefinition.Method("Journal.reload()", new RuntimeValue<>(invoker),
                takesChange, returnsVoid);
        Behavior behavior = BeanBehavior
                .of(new SubsystemDefinition.Methods(null, null, null, null, null, method), bean(), null);
        behavior.onStart().perform(null);
        return behavior.onReload();
    }

    private static BeanReference bean() {
        InstanceHandle<?> handle = stub(InstanceHandle.class, "the bean");
        return new BeanReference((ArcContainer) Proxy.newProxyInstance(ArcContainer.class.getClassLoader(),
                new Class<?>[] { ArcContainer.class },
                (proxy, method, arguments) -> method.getName().equals("bean") ? stub(InjectableBean.class, null) : handle),
                "bean");
    }

    private static <T> T stub(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
                (proxy, method, arguments) -> answer));
    }

    @Test
    void getsTheChangeAndIsDoneWhenItReturns() throws Throwable {
        assertThat(reaction(true, true, null).react(CHANGE)).isNull();
        assertThat(calls).hasSize(2).first().isEqualTo("the bean");
        assertThat(calls.get(1)).isSameAs(CHANGE);
    }

    @Test
    void getsNothingIfItTakesNothing() throws Throwable {
        reaction(false, true, null).react(CHANGE);
        assertThat(calls).containsExactly("the bean");
    }

    @Test
    void isDoneWhenItsStageIs() throws Throwable {
        CompletableFuture<Void> stage = new CompletableFuture<>();
        assertThat(reaction(true, false, stage).react(CHANGE)).isSameAs(stage);
        assertThat(reaction(true, false, Uni.createFrom().item("done")).react(CHANGE).toCompletableFuture().join())
                .isEqualTo("done");

    }

    @Test
    void nullInsteadOfAStageIsAnError() {
        assertThatThrownBy(() -> reaction(true, false, null).react(CHANGE)).isInstanceOf(NullPointerException.class)
                .hasMessage("Journal.reload() returned null; let it return what completes when it is done");
    }
}
