/** Reads what JMH writes, from one or more runs, and prints ratios within a run with their spread. It knows no benchmark. */
package io.quarkiverse.procdaemon.bench.compare;
