package io.quarkiverse.procdaemon.runtime.wiring;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;

import io.quarkus.arc.ArcContainer;
import io.quarkus.arc.InjectableBean;

/**
 * The client proxies of all beans, for tests. The container creates the proxy of a bean when it is injected for the first time,
 * without a lock: two subsystems that start at the same time could get one each. The mock of a test replaces what is behind
 * only one of them.
 */
final class ClientProxies {

    private ClientProxies() {
    }

    /** Creates them, but no bean. */
    static void create(ArcContainer container) {
        BeanManager beans = container.beanManager();
        for (Bean<?> bean : beans.getBeans(Object.class, Any.Literal.INSTANCE)) {
            if (bean instanceof InjectableBean<?> injectable && beans.isNormalScope(bean.getScope()) && injectable.isActive()) {
                container.instance(injectable).get();
            }
        }
    }
}
