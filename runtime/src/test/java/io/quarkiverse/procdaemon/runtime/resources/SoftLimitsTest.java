package io.quarkiverse.procdaemon.runtime.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.ResourceUsage;
import io.quarkiverse.procdaemon.runtime.config.ResourcesConfig;
import io.quarkiverse.procdaemon.runtime.engine.LogCapture;

/** Limits that can never be exceeded: a key that has no effect is a mistake, which the log says once. */
@Tag("any-jdk")
class SoftLimitsTest {

    private static final String P = "WARN quarkus.proc-daemon.resources.";
    private static final OptionalLong UNKNOWN = OptionalLong.empty();

    private final SoftLimits limits = new SoftLimits(() -> UNKNOWN);

    private static ResourcesConfig config(String heap, String memory) {
        Map<String, Optional<String>> values = Map.of("heapSoftLimit", Optional.ofNullable(heap),
                "memorySoftLimit", Optional.ofNullable(memory));
        return (ResourcesConfig) Proxy.newProxyInstance(SoftLimitsTest.class.getClassLoader(),
                new Class<?>[] { ResourcesConfig.class }, (proxy, method, arguments) -> values.get(method.getName()));
    }

    private void sample(String heap, String memory, OptionalLong residentSet, OptionalLong memoryLimit) {
        ResourceUsage usage = new ResourceUsage(Instant.EPOCH, 1, OptionalLong.of(1000), residentSet, memoryLimit,
                OptionalDouble.empty(), 1, UNKNOWN, UNKNOWN);
        limits.compare(usage, config(heap, memory), (resource, change) -> {
        });
    }

    @Test
    void theLogSaysSoOnce() {
        try (LogCapture log = new LogCapture("io.quarkiverse.procdaemon")) {
            sample("1001", "50%", OptionalLong.of(1), UNKNOWN);
            sample("1001", "50%", OptionalLong.of(1), UNKNOWN);
            sample("1001", "2001", OptionalLong.of(1), OptionalLong.of(2000));
            sample(null, "2000", UNKNOWN, UNKNOWN);
            assertThat(log.lines()).containsExactly(
                    P + "heap-soft-limit=1001 has no effect: the process cannot use more than 1000 bytes; lower it",
                    P + "memory-soft-limit=50% has no effect: there is nothing that it is a percentage of; set a number of bytes,"
                            + " as in 512M",
                    P + "memory-soft-limit=2001 has no effect: the process cannot use more than 2000 bytes; lower it",
                    P + "memory-soft-limit=2000 has no effect: this system does not tell how much memory the process uses;"
                            + " remove the key");
        }
    }

    @Test
    void ofOthersThereIsNothingToSay() {
        try (LogCapture log = new LogCapture("io.quarkiverse.procdaemon")) {
            sample(null, null, UNKNOWN, UNKNOWN);
            sample("100%", "100%", OptionalLong.of(1), OptionalLong.of(2000));
            sample("999", "2000", OptionalLong.of(1), OptionalLong.of(2000));
            sample("999", "5G", OptionalLong.of(1), UNKNOWN);
            assertThat(log.lines()).isEmpty();
        }
        limits.close();
    }
}
