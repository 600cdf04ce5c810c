/** What lets work in, and when: an application with many ways in, each as Quarkus has it and as a subsystem. */
package io.quarkiverse.procdaemon.intake;
