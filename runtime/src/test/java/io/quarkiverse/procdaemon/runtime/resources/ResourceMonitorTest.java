package io.quarkiverse.procdaemon.runtime.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.ResourceUsage;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.runtime.config.ResourcesConfig;
import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;
import io.quarkiverse.procdaemon.runtime.engine.events.News;

@Tag("any-jdk")
class ResourceMonitorTest {

    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private Duration interval = Duration.ofSeconds(10);
    private int history = 3;
    private String memoryLimit;
    private ResourcesConfig.OnLimit onLimit = ResourcesConfig.OnLimit.WARN;
    private long used = 1;
    private RuntimeException failure;
    private Runnable duringSample = () -> {
    };

    private record Due(Duration delay, Runnable task) {
    }

    private final Deque<Due> due = new ArrayDeque<>();
    private final List<News> news = new ArrayList<>();
    private final List<ShutdownReason> shutdowns = new ArrayList<>();
    private final ResourceMonitor monitor = new ResourceMonitor(() -> new Config(this), this::usage,
            new SoftLimits(() -> OptionalLong.of(used)));

    /** As it was when it was made. */
    private static final class Config implements ResourcesConfig {

        private final Duration interval;
        private final int history;
        private final Optional<String> memoryLimit;
        private final OnLimit onLimit;

        private Config(ResourceMonitorTest test) {
            interval = test.interval;
            history = test.history;
            memoryLimit = Optional.ofNullable(test.memoryLimit);
            onLimit = test.onLimit;
        }

        @Override
        public Duration interval() {
            return interval;
        }

        @Override
        public int history() {
            return history;
        }

        @Override
        public Optional<String> heapSoftLimit() {
            return Optional.empty();
        }

        @Override
        public Optional<String> memorySoftLimit() {
            return memoryLimit;
        }

        @Override
        public OnLimit onLimit() {
            return onLimit;
        }
    }

    private ResourceUsage usage() {
        duringSample.run();
        if (failure != null) {
            throw failure;
        }
        return new ResourceUsage(AT, used, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.of(1000),
                OptionalDouble.empty(), 1, OptionalLong.empty(), OptionalLong.empty());
    }

    /** Keeps what it is asked for. */
    private DaemonInternals daemon() {
        return (DaemonInternals) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { DaemonInternals.class },
                (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "later" -> due.add(new Due((Duration) arguments[0], (Runnable) arguments[2]));
                        case "tell" -> news.add((News) arguments[0]);
                        case "shutdown" -> shutdowns.add((ShutdownReason) arguments[1]);
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                    return null;
                });
    }

    private void sample(long next) {
        used = next;
        due.remove().task().run();
    }

    @Test
    void theLastSamplesAreKept() {
        monitor.begin(daemon());
        assertThat(monitor.history()).isEmpty();
        for (int i = 1; i <= 5; i++) {
            assertThat(due).extracting(Due::delay).containsExactly(Duration.ofSeconds(10));
            sample(i);
        }
        assertThat(monitor.history()).extracting(ResourceUsage::heapUsed).containsExactly(3L, 4L, 5L);
        history = 1;
        sample(6);
        assertThat(monitor.history()).extracting(ResourceUsage::heapUsed).containsExactly(6L);
    }

    @Test
    void withoutHistoryAndLimitsNothingIsSampled() {
        history = 0;
        monitor.begin(daemon());
        assertThat(due).isEmpty();
        memoryLimit = "500";
        monitor.configurationChanged();
        assertThat(due).hasSize(1);
        sample(1);
        assertThat(monitor.history()).isEmpty();
        memoryLimit = null;
        sample(1);
        assertThat(due).isEmpty();
    }

    @Test
    void anotherIntervalBeginsAtOnce() {
        monitor.begin(daemon());
        monitor.configurationChanged();
        assertThat(due).as("the same interval goes on").hasSize(1);
        interval = Duration.ofSeconds(1);
        monitor.configurationChanged();
        assertThat(due).extracting(Due::delay).containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(1));
        sample(1);
        assertThat(monitor.history()).as("that of the old interval is not taken").isEmpty();
        sample(2);
        assertThat(monitor.history()).hasSize(1);
        assertThat(due).extracting(Due::delay).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void aSampleThatFailsIsNotTheLast() {
        monitor.begin(daemon());
        failure = new IllegalStateException("odd system");
        sample(1);
        failure = null;
        sample(2);
        assertThat(monitor.history()).extracting(ResourceUsage::heapUsed).containsExactly(2L);
    }

    @Test
    void afterTheEndNothingIsSampled() {
        monitor.begin(daemon());
        monitor.end();
        sample(1);
        assertThat(monitor.history()).isEmpty();
        assertThat(due).isEmpty();
        monitor.configurationChanged();
        assertThat(due).isEmpty();
    }

    @Test
    void aLimitThatIsExceededAndClearedIsSaid() {
        memoryLimit = "50%";
        monitor.begin(daemon());
        sample(501);
        sample(501);
        assertThat(news).isEmpty();
        sample(502);
        assertThat(news).singleElement().isInstanceOfSatisfying(News.LimitExceeded.class, exceeded -> {
            assertThat(exceeded.shutsDown()).isFalse();
            assertThat(exceeded.event().resource()).isEqualTo("memory");
            assertThat(exceeded.event().used()).isEqualTo(502);
            assertThat(exceeded.event().limit()).isEqualTo(500);
        });
        sample(500);
        assertThat(news).hasSize(1);
        sample(449);
        assertThat(news.get(1)).isInstanceOfSatisfying(News.LimitCleared.class, cleared -> {
            assertThat(cleared.event().resource()).isEqualTo("memory");
            assertThat(cleared.event().used()).isEqualTo(449);
        });
        assertThat(shutdowns).isEmpty();
    }

    @Test
    void limitsThatAreRemovedDuringASampleAreCleared() {
        memoryLimit = "500";
        monitor.begin(daemon());
        sample(600);
        sample(600);
        sample(600);
        duringSample = () -> {
            memoryLimit = null;
            history = 0;
        };
        sample(600);
        duringSample = () -> {
        };
        assertThat(news).hasSize(1);
        assertThat(due).as("one more").hasSize(1);
        sample(600);
        assertThat(news).hasSize(2).last().isInstanceOf(News.LimitCleared.class);
        assertThat(monitor.history()).isEmpty();
        assertThat(due).isEmpty();
    }

    @Test
    void theDaemonShutsDownIfItIsConfiguredAlsoLater() {
        memoryLimit = "500";
        monitor.begin(daemon());
        sample(600);
        sample(600);
        sample(600);
        assertThat(shutdowns).isEmpty();
        onLimit = ResourcesConfig.OnLimit.SHUTDOWN;
        sample(600);
        assertThat(shutdowns).containsExactly(new ShutdownReason.ResourceExhausted("memory"));
    }
}
