package io.quarkiverse.procdaemon.runtime.control;

import java.util.Locale;
import java.util.OptionalLong;

import io.quarkiverse.procdaemon.ResourceUsage;

/** What the process uses, as people read it. */
final class ResourceTexts {

    private static final String UNKNOWN = "unknown";

    private ResourceTexts() {
    }

    static String of(ResourceUsage usage) {
        TextTable table = new TextTable("heap", amount(usage.heapUsed()) + limit(usage.heapMax()));
        table.row("memory", usage.residentSet().isPresent()
                ? amount(usage.residentSet().getAsLong()) + limit(usage.memoryLimit())
                : UNKNOWN);
        table.row("cpu", usage.cpuLoad().isPresent()
                ? String.format(Locale.ROOT, "%.0f %% of %s", 100 * usage.cpuLoad().getAsDouble(), processors())
                : UNKNOWN);
        table.row("threads", usage.threads() + " ");
        table.row("open files", usage.openFiles().isPresent()
                ? usage.openFiles().getAsLong()
                        + (usage.maxOpenFiles().isPresent() ? " of " + usage.maxOpenFiles().getAsLong() : " ")
                : UNKNOWN);
        return table.toString();
    }

    /** Those that the load counts as all. */
    private static String processors() {
        int count = Runtime.getRuntime().availableProcessors();
        return count + (count == 1 ? " processor" : " processors");
    }

    private static String limit(OptionalLong most) {
        return most.isPresent() ? " of " + amount(most.getAsLong()) : "";
    }

    private static String amount(long bytes) {
        return bytes >> 20 > 0 ? (bytes >> 20) + " MiB" : (bytes >> 10) + " KiB";
    }
}
