/**
 * The engine by itself, without Quarkus. Only {@code EngineUnderTest} knows how it is built; the others use what any version
 * has.
 */
package io.quarkiverse.procdaemon.bench.engine;
