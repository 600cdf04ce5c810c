/** Builds applications of generated beans, each in a directory of its own; nothing of the project is written to. */
package io.quarkiverse.procdaemon.bench.augmentation;
