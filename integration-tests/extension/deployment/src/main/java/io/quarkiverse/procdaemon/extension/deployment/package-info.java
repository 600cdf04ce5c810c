/** The build of an extension of others. */
package io.quarkiverse.procdaemon.extension.deployment;
