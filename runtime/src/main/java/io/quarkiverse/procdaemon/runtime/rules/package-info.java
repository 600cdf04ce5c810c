/**
 * The keys of this extension as data: which there are, the rule for the value of each, and suggestions for misspelled ones.
 * <p>
 * Promises: every key of {@code config} has a rule here; each cause is reported once, in a sentence that begins with the key
 * and says what to do. May import: {@code config}, {@code engine.time}, {@code engine.foreign}, the public events, the
 * configuration of Quarkus and SmallRye.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.rules;

import org.jspecify.annotations.NullMarked;
