package io.quarkiverse.procdaemon.runtime.engine.events;

import java.util.Locale;

import io.quarkiverse.procdaemon.event.ResourceLimitCleared;
import io.quarkiverse.procdaemon.event.ResourceLimitExceeded;

/** What the log says of soft limits. */
final class ResourceText {

    private static final double MEBIBYTE = 1 << 20;

    private ResourceText() {
    }

    static String of(ResourceLimitExceeded event, boolean shutsDown) {
        return "The soft limit of the " + event.resource() + " is exceeded: " + amount(event.used()) + " in use"
                + state(event.resource()) + ", the limit is " + amount(event.limit())
                + (shutsDown ? "; the daemon shuts down" : "; the daemon continues, as resources.on-limit is warn");
    }

    static String of(ResourceLimitCleared event) {
        return "The " + event.resource() + " is below its soft limit again: " + amount(event.used()) + " in use"
                + state(event.resource()) + ", the limit is " + amount(event.limit());
    }

    private static String state(String resource) {
        return resource.equals("heap") ? " after a collection" : "";
    }

    private static String amount(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / MEBIBYTE);
    }
}
