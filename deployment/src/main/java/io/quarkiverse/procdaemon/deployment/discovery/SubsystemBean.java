package io.quarkiverse.procdaemon.deployment.discovery;

import java.util.List;

import org.jboss.jandex.DotName;

/**
 * The bean of a class.
 *
 * @param scope the scope of the bean
 * @param precedence whether it replaces others
 * @param uses who else than the daemon calls it, if each would get an instance of its own
 */
public record SubsystemBean(DotName scope, Precedence precedence, List<BeanUse> uses) {
}
