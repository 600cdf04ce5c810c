package io.quarkiverse.procdaemon.runtime.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Control groups of both versions, as a process on the host and one in a container sees them. */
@Tag("any-jdk")
class ContainerMemoryTest {

    private static final String V2 = "30 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw\n";
    private static final String UNLIMITED = "9223372036854771712\n";

    @TempDir
    Path root;

    private void file(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private OptionalLong limit(String groups, String mounts) throws IOException {
        file("proc/self/cgroup", groups);
        file("proc/self/mountinfo", "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n" + mounts);
        return new ContainerMemory(root).limit();
    }

    @Test
    void theLimitOfTheOwnGroup() throws IOException {
        file("sys/fs/cgroup/system.slice/it.service/memory.max", "536870912\n");
        assertThat(limit("0::/system.slice/it.service\n", V2)).hasValue(512 << 20);
    }

    @Test
    void aSmallerOneAboveItCounts() throws IOException {
        file("sys/fs/cgroup/pod/memory.max", "1000\n");
        file("sys/fs/cgroup/pod/it/memory.max", "2000\n");
        assertThat(limit("0::/pod/it\n", V2)).hasValue(1000);
    }

    @Test
    void maxIsNoLimit() throws IOException {
        file("sys/fs/cgroup/it/memory.max", "max\n");
        assertThat(limit("0::/it\n", V2)).isEmpty();
    }

    @Test
    void inAContainerTheGroupIsTheMount() throws IOException {
        file("sys/fs/cgroup/memory.max", "3000\n");
        assertThat(limit("0::/\n", V2)).hasValue(3000);
        assertThat(limit("0::/../../other\n", V2)).hasValue(3000);
    }

    @Test
    void versionOne() throws IOException {
        file("sys/fs/cgroup/memory/memory.limit_in_bytes", UNLIMITED);
        file("sys/fs/cgroup/memory/it/memory.limit_in_bytes", "4000\n");
        assertThat(limit("12:cpu,cpuacct:/other\n5:memory:/it\n0::/ignored\n",
                "36 25 0:31 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n")).hasValue(4000);
    }

    @Test
    void versionOneWithoutALimit() throws IOException {
        file("sys/fs/cgroup/memory/memory.limit_in_bytes", UNLIMITED);
        assertThat(limit("5:memory:/\n", "36 25 0:31 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n")).isEmpty();
    }

    @Test
    void versionOneInAContainerThatSeesThePathOnTheHost() throws IOException {
        file("sys/fs/cgroup/memory/memory.limit_in_bytes", "5000\n");
        assertThat(limit("5:memory:/docker/abc\n",
                "36 25 0:31 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n")).hasValue(5000);
    }

    @Test
    void aMountWithABlankInItsPath() throws IOException {
        file("my groups/memory.max", "6000\n");
        assertThat(limit("0::/\n", "30 23 0:26 / /my\\040groups rw - cgroup2 cgroup2 rw\n")).hasValue(6000);
    }

    @Test
    void withoutControlGroupsThereIsNoLimit() throws IOException {
        assertThat(new ContainerMemory(root).limit()).isEmpty();
        assertThat(limit("", "")).isEmpty();
        assertThat(limit("nonsense\n", "nonsense\n - \n1 2 - cgroup2\n")).isEmpty();
    }

    private OptionalLong workingSet() {
        return new ContainerMemory(root).workingSet();
    }

    @Test
    void theWorkingSetIsWhatTheLimitedGroupUsesWithoutWhatCanBeDropped() throws IOException {
        file("sys/fs/cgroup/pod/memory.max", "1000\n");
        file("sys/fs/cgroup/pod/memory.current", "900\n");
        file("sys/fs/cgroup/pod/memory.stat", "anon 500\ninactive_file 250\nactive_file 100\n");
        file("sys/fs/cgroup/pod/it/memory.current", "600\n");
        assertThat(limit("0::/pod/it\n", V2)).hasValue(1000);
        assertThat(workingSet()).hasValue(650);
    }

    @Test
    void theWorkingSetOfVersionOne() throws IOException {
        file("sys/fs/cgroup/memory/it/memory.limit_in_bytes", "4000\n");
        file("sys/fs/cgroup/memory/it/memory.usage_in_bytes", "3000\n");
        file("sys/fs/cgroup/memory/it/memory.stat", "inactive_file 1\ntotal_inactive_file 700\n");
        assertThat(limit("5:memory:/it\n", "36 25 0:31 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"))
                .hasValue(4000);
        assertThat(workingSet()).hasValue(2300);
    }

    @Test
    void withoutALimitOrACountThereIsNoWorkingSet() throws IOException {
        file("sys/fs/cgroup/it/memory.max", "max\n");
        file("sys/fs/cgroup/it/memory.current", "900\n");
        assertThat(limit("0::/it\n", V2)).isEmpty();
        assertThat(workingSet()).isEmpty();
        file("sys/fs/cgroup/it/memory.max", "1000\n");
        assertThat(workingSet()).hasValue(900);
        Files.delete(root.resolve("sys/fs/cgroup/it/memory.current"));
        assertThat(workingSet()).isEmpty();
    }
}
