/**
 * Makes tables of the result files that JMH writes. One file is one run: ratios are of figures of the same file.
 */
package io.quarkiverse.procdaemon.bench.report;
