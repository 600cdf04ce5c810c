package io.quarkiverse.procdaemon;

import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What the process uses, as read at one moment. What this system does not tell is empty, never 0; so is a limit that does not
 * exist. Sizes are in bytes.
 *
 * @param at when it was read
 * @param heapUsed the part of the heap that objects occupy, those included that the next collection will remove
 * @param heapMax how large the heap may become
 * @param residentSet the physical memory of the process, heap included
 * @param memoryLimit the limit of the container (cgroup) for the memory of all its processes; the smallest one if several apply
 * @param cpuLoad the part of the available processors that the process has used since the previous reading, but for at least a
 *        second; at first since the process began: 0 to 1, where 1 means all processors
 * @param threads the number of threads: on Linux those of the process, the JVM's own included; elsewhere the platform threads
 *        of Java
 * @param openFiles the number of open file descriptors
 * @param maxOpenFiles how many the process may have
 */
public record ResourceUsage(Instant at, long heapUsed, OptionalLong heapMax, OptionalLong residentSet,
        OptionalLong memoryLimit, OptionalDouble cpuLoad, int threads, OptionalLong openFiles, OptionalLong maxOpenFiles) {
}
