/** Dev mode: live reload and continuous testing of an application with subsystems. */
package io.quarkiverse.procdaemon.dev;
