package io.quarkiverse.procdaemon.deployment.schedule;

import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.scheduler.FailedExecution;
import io.quarkus.scheduler.SkippedExecution;
import io.quarkus.scheduler.SuccessfulExecution;

/**
 * Records the events of the scheduler, by the identity of the schedule. A skipped execution shows that nothing fired, without
 * sleeping.
 */
@Singleton
public class Executions {

    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
    private final Map<String, String> details = new ConcurrentHashMap<>();

    void succeeded(@Observes SuccessfulExecution event) {
        count("succeeded " + event.getExecution().getTrigger().getId()).incrementAndGet();
    }

    void failed(@Observes FailedExecution event) {
        count("failed " + event.getExecution().getTrigger().getId()).incrementAndGet();
    }

    void skipped(@Observes SkippedExecution event) {
        details.put(event.triggerId, event.getDetail());
        count("skipped " + event.triggerId).incrementAndGet();
    }

    /** Why an execution was skipped the last time. */
    public String lastSkip(String identity) {
        return details.get(identity);
    }

    public void awaitSuccess(String identity) {
        awaitMore(1, List.of("succeeded " + identity));
    }

    public void awaitFailure(String identity) {
        await().atMost(20, TimeUnit.SECONDS).until(() -> count("failed " + identity).get() > 0);
    }

    /** Waits for two of each, since the decision over the first may be older than the call. */
    public void awaitSkips(String... identities) {
        awaitMore(2, Stream.of(identities).map(identity -> "skipped " + identity).toList());
    }

    private void awaitMore(int more, List<String> keys) {
        Map<String, Integer> before = keys.stream().collect(Collectors.toMap(key -> key, key -> count(key).get()));
        await().atMost(20, TimeUnit.SECONDS)
                .until(() -> keys.stream().allMatch(key -> count(key).get() >= before.get(key) + more));
    }

    private AtomicInteger count(String key) {
        return counts.computeIfAbsent(key, absent -> new AtomicInteger());
    }
}
