/**
 * The configuration keys, as interfaces.
 * <p>
 * Promises: a key that stands here is obeyed; what is Optional here has its default where it is read, so that a named key falls
 * back to the one for all. A leaf: may import the public API's enums, nothing else of this extension.
 */
package io.quarkiverse.procdaemon.runtime.config;
