/**
 * The application of the guide's chapter "Testing": orders come in on a port and are billed. The code in that chapter is that
 * of this application and its tests.
 */
package io.quarkiverse.procdaemon.examples;
