package io.quarkiverse.procdaemon.runtime.rules;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.runtime.config.MemoryAmount;

/** An amount of memory. */
enum MemoryRule implements Rule {

    /** In bytes, or in per cent of what there is at most. */
    BYTES_OR_PERCENT;

    @Override
    public @Nullable String objection(String value) {
        return MemoryAmount.parse(value) != null ? null
                : "is no amount of memory; use bytes as in 512M, or a percentage as in 85%, or remove the key";
    }

    @Override
    public String legal() {
        return "50%";
    }
}
