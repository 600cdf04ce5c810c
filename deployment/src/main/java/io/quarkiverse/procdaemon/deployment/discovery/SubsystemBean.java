package io.quarkiverse.procdaemon.deployment.discovery;

import org.jboss.jandex.DotName;

/**
 * What CDI makes of a class.
 *
 * @param scope the scope of the bean
 * @param precedence whether it takes the place of others
 */
public record SubsystemBean(DotName scope, Precedence precedence) {
}
