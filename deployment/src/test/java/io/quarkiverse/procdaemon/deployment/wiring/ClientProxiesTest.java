package io.quarkiverse.procdaemon.deployment.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InjectableBean;
import io.quarkus.test.QuarkusUnitTest;

/** In tests, subsystems that start at the same time share the client proxy of a bean, so that all of them see its mock. */
class ClientProxiesTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Collaborator.class, First.class));

    @Inject
    First first;

    @Test
    void areCreatedBeforeTheFirstSubsystemStarts() {
        assertThat(first.hadProxy).isTrue();
        assertThat(Collaborator.created).isFalse();
    }

    @ApplicationScoped
    static class Collaborator {

        static volatile boolean created;

        Collaborator() {
            // The client proxy is an instance of a subclass.
            created |= getClass() == Collaborator.class;
        }
    }

    @Subsystem
    static class First {

        volatile boolean hadProxy;

        @Inject
        Instance<Collaborator> notYet;

        @OnStart
        void look() throws ReflectiveOperationException {
            InjectableBean<?> bean = (InjectableBean<?>) Arc.container().beanManager()
                    .getBeans(Collaborator.class).iterator().next();
            // Not the method of that name, which creates it.
            Field proxy = bean.getClass().getDeclaredField("proxy");
            proxy.setAccessible(true);
            hadProxy = proxy.get(bean) != null;
        }
    }
}
