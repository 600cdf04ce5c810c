package io.quarkiverse.procdaemon.runtime.reload.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

/** By the events of the system alone: the next look without one would be tomorrow. */
class FileWatchTest extends WatchContract {

    @Override
    CountingEvents events() {
        return new CountingEvents();
    }

    @Override
    Duration poll() {
        return Duration.ofDays(1);
    }

    @Test
    void itSleepsWhenNothingHappensOrWhatDoesIsOfNoConcern() throws Exception {
        start(SHORT, file);
        for (int i = 0; i < 50; i++) {
            Files.writeString(other, "line " + i);
        }
        renameOver(file, "two");
        assertThat(calls.next()).containsExactly(file);
        assertThat(events.looks()).as("one at the start, one after the change").isEqualTo(2);
    }

    @Test
    void itSleepsWhenItsDirectoryIsGone() throws Exception {
        start(SHORT, file);
        deleteAll(directory);
        assertThat(calls.next()).containsExactly(file);
        Files.createDirectory(directory);
        Files.writeString(file, "two");
        assertThat(calls.next()).containsExactly(file);
        assertThat(events.waits()).isLessThan(200);
    }

    /** The system forgets what has happened in a directory when it is too much. */
    @Test
    void whatWasForgottenIsLookedAt() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        start(SHORT, changed -> {
            calls.accept(changed);
            await(release);
        }, file, other);
        Files.writeString(file, "two");
        assertThat(calls.next()).containsExactly(file);
        for (int i = 0; i < 2000; i++) {
            Files.createFile(directory.resolve("noise-" + i));
        }
        Files.writeString(other, "two");
        release.countDown();
        assertThat(calls.next()).containsExactly(other);
    }

    @Test
    void pathsMayBeRelativeAndAreReportedAsTheyWereGiven() throws Exception {
        Path relative = Path.of("").toAbsolutePath().relativize(file);
        start(SHORT, relative);
        Files.writeString(file, "two");
        assertThat(calls.next()).containsExactly(relative);
    }

    @Test
    void itNeedsNoneOfTheTestsParts() throws Exception {
        try (FileWatch real = new FileWatch(List.of(file), SHORT, LONG, calls)) {
            CountDownLatch begun = new CountDownLatch(1);
            real.start(() -> {
                begun.countDown();
                return Set.of();
            });
            await(begun);
            Files.writeString(file, "two");
            assertThat(calls.next()).containsExactly(file);
        }
    }

    @Test
    void whatWasMissedBeforeItBeganIsReported() throws Exception {
        try (FileWatch late = new FileWatch(List.of(file, other), SHORT, LONG, calls)) {
            late.start(() -> Set.of(other));
            assertThat(calls.next()).containsExactly(other);
            Files.writeString(file, "two");
            assertThat(calls.next()).containsExactly(file);
        }
    }

    @Test
    void itIsStartedOnceAndMayBeClosedBefore() throws Exception {
        start(SHORT, file);
        assertThatIllegalStateException().isThrownBy(() -> watch.start(Set::of)).withMessage("a watch is started once");
        FileWatch closed = new FileWatch(List.of(file), SHORT, SHORT, calls);
        closed.close();
        assertThatIllegalStateException().isThrownBy(() -> closed.start(Set::of)).withMessage("a watch is started once");
    }

    @Test
    void itNeedsTimesThatMakeSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FileWatch(List.of(file), Duration.ZERO, SHORT, calls))
                .withMessage("debounce is PT0S, but must be positive and at most a day");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FileWatch(List.of(file), SHORT, Duration.ofDays(2), calls))
                .withMessage("poll is PT48H, but must be positive and at most a day");
    }
}
