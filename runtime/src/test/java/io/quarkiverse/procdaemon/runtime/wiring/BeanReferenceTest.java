package io.quarkiverse.procdaemon.runtime.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkus.arc.ArcContainer;
import io.quarkus.arc.ClientProxy;
import io.quarkus.arc.InjectableBean;
import io.quarkus.arc.InstanceHandle;

@Timeout(60)
class BeanReferenceTest {

    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger destroyed = new AtomicInteger();

    /** The bean of a subsystem called {@code journal}. */
    private BeanReference reference(Class<? extends Annotation> scope, Supplier<Object> constructor) {
        InjectableBean<?> bean = stub(InjectableBean.class, method -> scope, "getScope");
        ArcContainer container = stub(ArcContainer.class,
                method -> method.equals("bean") ? bean : handle(bean, constructor.get()), "bean", "instance");
        return new BeanReference(container, "journal");
    }

    private InstanceHandle<?> handle(InjectableBean<?> bean, Object instance) {
        made.incrementAndGet();
        return stub(InstanceHandle.class, method -> switch (method) {
            case "get" -> instance;
            case "getBean" -> bean;
            default -> {
                destroyed.incrementAndGet();
                yield null;
            }
        }, "get", "getBean", "destroy");
    }

    private interface Answer {
        Object to(String method);
    }

    private static <T> T stub(Class<T> type, Answer answer, String... methods) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
            assertThat(method.getName()).isIn((Object[]) methods);
            return answer.to(method.getName());
        }));
    }

    @Test
    void isMadeOnce() {
        BeanReference reference = reference(Singleton.class, Object::new);
        assertThat(made).hasValue(0);
        assertThat(reference.begin()).isSameAs(reference.begin());
        assertThat(made).hasValue(1);
    }

    @Test
    void aRunKeepsTheInstanceItBeganWith() {
        AtomicInteger contextual = new AtomicInteger();
        BeanReference reference = reference(ApplicationScoped.class,
                () -> stub(ClientProxy.class, method -> "instance " + contextual.get(), "arc_contextualInstance"));
        assertThat(reference.begin()).isEqualTo("instance 0");
        contextual.set(1);
        assertThat(reference.get()).isEqualTo("instance 0");
        assertThat(reference.begin()).isEqualTo("instance 1");
        contextual.set(2);
        assertThat(reference.get()).isEqualTo("instance 1");
        reference.release();
        assertThat(reference.get()).isNull();
    }

    @Test
    void aRunWhoseInstanceCannotBeMadeHasNone() {
        AtomicInteger contextual = new AtomicInteger();
        BeanReference reference = reference(ApplicationScoped.class, () -> stub(ClientProxy.class, method -> {
            if (contextual.getAndIncrement() > 0) {
                throw new IllegalStateException("cannot be made");
            }
            return "first";
        }, "arc_contextualInstance"));
        reference.begin();
        assertThatThrownBy(reference::begin).hasMessage("cannot be made");
        assertThat(reference.get()).isNull();
    }

    @Test
    void whatWasNeverMadeIsNotDestroyed() {
        reference(Dependent.class, Object::new).end();
        assertThat(destroyed).hasValue(0);
    }

    @Test
    void aDependentBeanIsDestroyedOnceWhenItsRunEnds() {
        BeanReference reference = reference(Dependent.class, Object::new);
        reference.begin();
        reference.end();
        reference.end();
        assertThat(destroyed).hasValue(1);
        assertThat(reference.get()).isNull();
    }

    @Test
    void eachRunHasADependentBeanOfItsOwn() {
        BeanReference reference = reference(Dependent.class, Object::new);
        Object first = reference.begin();
        reference.end();
        assertThat(reference.begin()).isNotSameAs(first);
        assertThat(made).hasValue(2);
        assertThat(destroyed).hasValue(1);
    }

    @Test
    void thatOfAnAbandonedRunIsDestroyedBeforeTheNextBegins() {
        BeanReference reference = reference(Dependent.class, Object::new);
        Object abandoned = reference.begin();
        reference.release();
        assertThat(destroyed).hasValue(0);
        assertThat(reference.get()).isSameAs(abandoned);
        assertThat(reference.begin()).isNotSameAs(abandoned);
        assertThat(destroyed).hasValue(1);
    }

    @Test
    void aBeanOfALongerScopeEndsWithThat() {
        BeanReference reference = reference(Singleton.class, Object::new);
        Object bean = reference.begin();
        reference.end();
        assertThat(reference.begin()).isSameAs(bean);
        reference.release();
        assertThat(reference.get()).isNull();
        assertThat(destroyed).hasValue(0);
    }

    @Test
    void oneWhoseConstructorHangsIsLeftToItself() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        BeanReference reference = reference(Singleton.class, () -> {
            inside.countDown();
            await(release);
            return "late";
        });
        CompletableFuture<Object> hangs = async(reference::begin);
        await(inside);
        async(() -> {
            reference.release();
            return "released";
        }).get(30, TimeUnit.SECONDS);
        assertThat(hangs).isNotDone();
        assertThat(destroyed).hasValue(0);
        release.countDown();
        assertThat(hangs.get(30, TimeUnit.SECONDS)).isEqualTo("late");
    }

    private static CompletableFuture<Object> async(Supplier<Object> task) {
        CompletableFuture<Object> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> result.complete(task.get()), "bean");
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
