package io.quarkiverse.procdaemon.bench.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SubjectsTest {

    private static final int COUNT = 50;

    /** When the stop is over all bodies have ended: otherwise a quick subject would be one that does not wait. */
    @ParameterizedTest
    @ValueSource(strings = { "raw", "raw-own", "guava", "guava-virtual", "spring", "spring-virtual" })
    void allBodiesStartAndAllHaveEndedWithTheStop(String name) throws Exception {
        assumeThat(name.endsWith("virtual") && !VirtualThreads.exist()).isFalse();
        CountedBodies bodies = new CountedBodies();
        Subject subject = Subjects.named(name, "flat", COUNT).apply(bodies);
        assertThat(bodies.begun).hasValue(0);
        subject.start();
        bodies.awaitAllAtWork();
        assertThat(bodies.begun).hasValue(COUNT);
        assertThat(bodies.ended).hasValue(0);
        subject.stop();
        assertThat(bodies.ended).hasValue(COUNT);
        subject.close();
    }

    @ParameterizedTest
    @ValueSource(strings = { "flat", "chains", "dag" })
    void theEngineStartsOneDaemonAfterTheOther(String shape) throws Exception {
        var engines = Subjects.named("now", shape, COUNT);
        for (int i = 0; i < 2; i++) {
            Bodies bodies = new Bodies(COUNT);
            Subject subject = engines.apply(bodies);
            subject.start();
            bodies.awaitAllAtWork();
            if (i == 0) {
                subject.shutdown();
                bodies.awaitFirstNotified();
            }
            subject.stop();
            subject.close();
        }
    }

    @Test
    void anotherEngineThanTheNamedOneIsRefused() {
        assertThatIllegalStateException().isThrownBy(() -> Subjects.named("before", "flat", 1))
                .withMessage("the class path has another engine than 'before';"
                        + " run io.quarkiverse.procdaemon.bench.Bench with -Dbaseline=PATH to compare two");
    }

    @Test
    void anUnknownSubjectIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Subjects.named("akka", "flat", 1))
                .withMessage("unknown subject: akka");
    }

    private static final class CountedBodies extends Bodies {

        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicInteger ended = new AtomicInteger();

        CountedBodies() {
            super(COUNT);
        }

        @Override
        void work(CountDownLatch end) {
            begun.incrementAndGet();
            super.work(end);
            ended.incrementAndGet();
        }
    }
}
