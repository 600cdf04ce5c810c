/** A packaged application as a process of its own, for the integration tests of all samples: what it prints and answers. */
package io.quarkiverse.procdaemon.process;
