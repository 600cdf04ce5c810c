/** An extension of others, which contributes two subsystems, one of each kind, and listens to all. */
package io.quarkiverse.procdaemon.extension;
