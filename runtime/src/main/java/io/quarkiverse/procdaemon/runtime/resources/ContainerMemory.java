package io.quarkiverse.procdaemon.runtime.resources;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The memory of the container, that is of the control group which limits the memory of this process most: its own group or one
 * of those above it, in the hierarchies of version 1 and 2.
 */
final class ContainerMemory {

    /** What version 1 says if there is no limit: the largest multiple of the size of a page, which differs. */
    private static final long UNLIMITED = Long.MAX_VALUE / 2;
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-7]{3})");
    private static final String MEMORY = "memory";

    private final Path root;

    /** @param root what the paths of the system begin with */
    ContainerMemory(Path root) {
        this.root = root;
    }

    /** A control group that has a limit. */
    private record Group(Path directory, boolean second, long limit) {

    }

    /** In bytes; empty if there is none. */
    OptionalLong limit() {
        Group group = limiting();
        return group == null ? OptionalLong.empty() : OptionalLong.of(group.limit());
    }

    /** What the container uses, in bytes, without file pages that the kernel can drop; empty if there is no limit. */
    OptionalLong workingSet() {
        Group group = limiting();
        if (group == null) {
            return OptionalLong.empty();
        }
        OptionalLong used = value(group.directory().resolve(group.second() ? "memory.current" : "memory.usage_in_bytes"));
        long droppable = ProcFiles.number(group.directory().resolve("memory.stat"),
                group.second() ? "inactive_file " : "total_inactive_file ").orElse(0);
        return used.isEmpty() ? used : OptionalLong.of(Math.max(0, used.getAsLong() - droppable));
    }

    private @Nullable Group limiting() {
        List<String> groups = ProcFiles.lines(root.resolve("proc/self/cgroup"));
        Group least = null;
        for (String mount : ProcFiles.lines(root.resolve("proc/self/mountinfo"))) {
            try {
                least = smaller(least, in(mount, groups));
            } catch (InvalidPathException odd) {
                // Not a place where control groups are mounted.
            }
        }
        return least;
    }

    /**
     * The group with the smallest limit in one hierarchy. A line has the root and the point of the mount, and after a dash the
     * kind of file system.
     */
    private @Nullable Group in(String mount, List<String> groups) {
        int dash = mount.indexOf(" - ");
        String[] place = mount.substring(0, Math.max(0, dash)).split(" ");
        String[] system = mount.substring(dash + 3).split(" ");
        if (dash < 0 || place.length < 5 || system.length < 3) {
            return null;
        }
        boolean second = system[0].equals("cgroup2");
        if (!second && !(system[0].equals("cgroup") && Arrays.asList(system[2].split(",")).contains(MEMORY))) {
            return null;
        }
        Path top = root.resolve(plain(place[4]).substring(1));
        Path group = top.resolve(below(plain(place[3]), second ? groupOf(groups, "") : groupOf(groups, MEMORY))).normalize();
        Group least = null;
        for (Path each = group; each != null && each.startsWith(top); each = each.getParent()) {
            OptionalLong limit = value(each.resolve(second ? "memory.max" : "memory.limit_in_bytes"));
            if (limit.isPresent() && limit.getAsLong() < UNLIMITED) {
                least = smaller(least, new Group(each, second, limit.getAsLong()));
            }
        }
        return least;
    }

    /** The path of the group in the hierarchy of a controller; the one of version 2 has no controllers. */
    private static String groupOf(List<String> groups, String controller) {
        for (String line : groups) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && Arrays.asList(parts[1].split(",")).contains(controller)) {
                return parts[2];
            }
        }
        return "/";
    }

    /** The path of the group below what is mounted; empty if it is not below that, as seen from within a container. */
    private static String below(String mounted, String group) {
        if (mounted.equals("/")) {
            return group.startsWith("/..") ? "" : group.substring(1);
        }
        return group.startsWith(mounted + "/") ? group.substring(mounted.length() + 1) : "";
    }

    private static OptionalLong value(Path file) {
        List<String> lines = ProcFiles.lines(file);
        return lines.isEmpty() ? OptionalLong.empty() : ProcFiles.number(lines.get(0).strip());
    }

    private static @Nullable Group smaller(@Nullable Group one, @Nullable Group other) {
        return one == null || other != null && other.limit() < one.limit() ? other : one;
    }

    private static String plain(String escaped) {
        return OCTAL.matcher(escaped).replaceAll(code -> String.valueOf((char) Integer.parseInt(code.group(1), 8))
                .replace("\\", "\\\\"));
    }
}
