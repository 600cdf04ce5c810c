/** What a reload costs, and what it costs to read what it may change. */
package io.quarkiverse.procdaemon.bench.reload;
