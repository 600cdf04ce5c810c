package io.quarkiverse.procdaemon.deployment.discovery;

import org.jboss.jandex.DotName;

/**
 * The bean of a class.
 *
 * @param scope the scope of the bean
 * @param precedence whether it replaces others
 */
public record SubsystemBean(DotName scope, Precedence precedence) {
}
