/** How much of the heap subsystems take. */
package io.quarkiverse.procdaemon.bench.memory;
