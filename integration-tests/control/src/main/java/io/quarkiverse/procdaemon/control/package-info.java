/** A daemon with a control socket, and neither HTTP nor JSON. */
package io.quarkiverse.procdaemon.control;
