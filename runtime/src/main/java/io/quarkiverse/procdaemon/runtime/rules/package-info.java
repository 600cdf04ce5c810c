/**
 * The keys of this extension as data: what each may be set to, which there are, and what was most likely meant by one that does
 * not exist.
 * <p>
 * Promises: every key of {@code config} has a rule here; one problem for each cause, in a sentence that begins with the key and
 * says how out. May import: {@code config}, {@code engine.time}, {@code engine.foreign}, the public events, the configuration
 * of Quarkus and SmallRye.
 */
package io.quarkiverse.procdaemon.runtime.rules;
