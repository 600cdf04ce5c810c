package io.quarkiverse.procdaemon.runtime.resources;

import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Supplier;

import io.quarkiverse.procdaemon.ResourceUsage;

/** Reads what this process uses, each time it is asked. Any thread may call this. */
public final class ProcessResources implements Supplier<ResourceUsage> {

    private final ProcFiles proc;
    private final ContainerMemory container;
    private final CpuLoad cpu = new CpuLoad(CpuLoad.Source.ofThisProcess());

    /** Of this process. */
    public ProcessResources() {
        this(Path.of("/"));
    }

    /** @param root what the paths of the system begin with */
    ProcessResources(Path root) {
        this.proc = new ProcFiles(root.resolve("proc/self"));
        this.container = new ContainerMemory(root);
    }

    @Override
    public ResourceUsage get() {
        Runtime heap = Runtime.getRuntime();
        OptionalLong max = heap.maxMemory() == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(heap.maxMemory());
        long used = heap.totalMemory() - heap.freeMemory();
        boolean linux = proc.exist();
        OptionalLong threads = linux ? proc.threads() : OptionalLong.empty();
        return new ResourceUsage(Instant.now(), used, max,
                linux ? proc.residentSet() : OptionalLong.empty(),
                linux ? container.limit() : OptionalLong.empty(),
                cpu.read(),
                (int) threads.orElseGet(ManagementBeans::threads),
                linux ? proc.openFiles() : ManagementBeans.openFiles(),
                linux ? proc.maxOpenFiles() : ManagementBeans.maxOpenFiles());
    }
}
