package io.quarkiverse.procdaemon.runtime.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.loop.SystemThreads;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.Timer;

@Timeout(60)
class PatientLookTest {

    private final List<Runnable> armed = new ArrayList<>();
    private final List<Thrown> told = new CopyOnWriteArrayList<>();

    private Platform platform(Timer timer) {
        return new Platform(Clock.SYSTEM, new SystemThreads(), name -> timer);
    }

    private Timer.Timeout arm(Runnable task) {
        armed.add(task);
        return () -> {
        };
    }

    @Test
    void anExceptionOfTheJdkNeedsNoTimer() {
        PatientLook.at(new IllegalStateException("no disk"), platform((task, delay) -> arm(task)), told::add);
        assertThat(told).hasToString("[IllegalStateException: no disk]");
        assertThat(armed).isEmpty();
    }

    @Test
    void withoutAThreadForTheTimerItIsLookedAtAllTheSame() {
        PatientLook.at(new Odd("no disk"), platform((task, delay) -> {
            throw new OutOfMemoryError("unable to create native thread");
        }), told::add);
        assertThat(told).hasToString("[Odd: no disk]");
    }

    @Test
    void whatEndsInTimeIsToldOnce() {
        PatientLook.at(new Odd("no disk"), platform((task, delay) -> arm(task)), told::add);
        armed.forEach(Runnable::run);
        assertThat(told).hasToString("[Odd: no disk]");
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void whatIsGivenUpIsToldOnceAndLeavesNoInterrupt() {
        PatientLook.at(new Odd("at last") {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                Thread timer = new Thread(armed.get(0));
                timer.start();
                while (timer.isAlive()) {
                    try {
                        timer.join();
                    } catch (InterruptedException givenUp) {
                        // It is to be left as an interrupt that nobody has noticed.
                    }
                }
                Thread.currentThread().interrupt();
                return super.getMessage();
            }
        }, platform((task, delay) -> arm(task)), told::add);
        assertThat(told).extracting(thrown -> thrown.throwable().getMessage())
                .containsExactly("(its getMessage() did not return)");
        assertThat(Thread.interrupted()).isFalse();
    }

    private static class Odd extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Odd(String message) {
            super(message);
        }
    }
}
