/** The control socket of a real process, with the tools of operators. */
package io.quarkiverse.procdaemon.control;
