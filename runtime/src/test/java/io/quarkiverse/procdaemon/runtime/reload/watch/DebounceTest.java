package io.quarkiverse.procdaemon.runtime.reload.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * When to look and what to report, without files and time: the debounce is 10, the poll interval 1000, also where
 * {@code nanoTime} goes over its edge.
 */
class DebounceTest {

    private static final Path A = Path.of("a");
    private static final Path B = Path.of("b");

    private final Map<Path, String> found = new HashMap<>(Map.of(A, "one", B, "one"));
    private Debounce debounce;
    private long start;

    private void begin(long at) {
        start = at;
        debounce = new Debounce(10, 1000, at);
        assertThat(debounce.remaining(at)).isZero();
        assertThat(lookAt(0)).isEmpty();
        assertThat(left(0)).isEqualTo(1000);
    }

    private void eventAt(int later) {
        debounce.event(start + later);
    }

    private Set<Path> lookAt(int later) {
        return debounce.looked(Map.copyOf(found), start + later);
    }

    private long left(int later) {
        return debounce.remaining(start + later);
    }

    @ParameterizedTest
    @ValueSource(longs = { 0, -25, Long.MAX_VALUE - 25, Long.MAX_VALUE })
    void eachEventPutsTheLookOffButNotForLongerThanFiveDebounces(long at) {
        begin(at);
        eventAt(100);
        assertThat(left(100)).isEqualTo(10);
        assertThat(left(110)).isZero();
        for (int later = 109; later <= 145; later += 9) {
            eventAt(later);
            assertThat(left(later)).isEqualTo(Math.min(10, 150 - later));
        }
        eventAt(149);
        assertThat(left(149)).isEqualTo(1);
        assertThat(left(160)).isEqualTo(-10);
        found.put(A, "two");
        assertThat(lookAt(160)).containsExactly(A);
        assertThat(left(160)).isEqualTo(1000);
        eventAt(165);
        assertThat(left(165)).as("a new five debounces").isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(longs = { 0, Long.MAX_VALUE - 1005 })
    void aChangeThatNoEventHasAnnouncedIsLookedAtAgain(long at) {
        begin(at);
        found.put(A, "tw");
        assertThat(lookAt(1000)).isEmpty();
        assertThat(left(1000)).isEqualTo(10);
        found.put(A, "two");
        assertThat(lookAt(1010)).isEmpty();
        assertThat(lookAt(1020)).containsExactly(A);
        assertThat(lookAt(1030)).as("each change once").isEmpty();
    }

    @Test
    void whatChangesWithoutEndIsReportedAfterFiveDebounces() {
        begin(0);
        for (int later = 1000; later < 1050; later += 10) {
            found.put(A, "line " + later);
            assertThat(lookAt(later)).isEmpty();
        }
        assertThat(left(1045)).isEqualTo(5);
        found.put(A, "line 1050");
        assertThat(lookAt(1050)).containsExactly(A);
    }

    @ParameterizedTest
    @ValueSource(strings = { "empty", "gone" })
    void aBlankFileIsReportedIfItStaysSoAndTheOthersWaitForIt(String how) {
        begin(0);
        eventAt(100);
        blank(A, how);
        found.put(B, "two");
        assertThat(lookAt(110)).isEmpty();
        assertThat(left(110)).isEqualTo(10);
        assertThat(lookAt(149)).isEmpty();
        assertThat(left(149)).isEqualTo(1);
        assertThat(lookAt(150)).containsExactlyInAnyOrder(A, B);
        assertThat(lookAt(300)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "empty", "gone" })
    void aBlankFileThatIsWrittenIsOneChange(String how) {
        begin(0);
        eventAt(100);
        blank(A, how);
        assertThat(lookAt(110)).isEmpty();
        eventAt(115);
        assertThat(left(115)).isEqualTo(10);
        found.put(A, "two");
        assertThat(lookAt(125)).containsExactly(A);
    }

    @ParameterizedTest
    @ValueSource(strings = { "empty", "gone" })
    void aFileThatIsAsItWasWasNeverChanged(String how) {
        begin(0);
        eventAt(100);
        blank(A, how);
        assertThat(lookAt(110)).isEmpty();
        found.put(A, "one");
        assertThat(lookAt(120)).isEmpty();
        assertThat(left(120)).isEqualTo(1000);
        eventAt(200);
        blank(A, how);
        assertThat(lookAt(210)).as("a new five debounces").isEmpty();
        assertThat(left(210)).isEqualTo(10);
    }

    private void blank(Path file, String how) {
        if (how.equals("gone")) {
            found.remove(file);
        } else {
            found.put(file, "");
        }
    }

    @Test
    void aNewFileWithoutContentIsStillBeingWritten() {
        begin(0);
        eventAt(100);
        found.put(Path.of("new"), "");
        assertThat(lookAt(110)).isEmpty();
        eventAt(111);
        found.put(Path.of("new"), "whole");
        assertThat(lookAt(121)).containsExactly(Path.of("new"));
    }

    @Test
    void aLookThatFailedIsTriedAgainInAPollInterval() {
        begin(0);
        eventAt(100);
        debounce.failed(start + 110);
        assertThat(left(110)).isEqualTo(1000);
    }

    @Test
    void whatOthersHaveTakenIsNotReported() {
        begin(0);
        found.put(A, "two");
        eventAt(100);
        debounce.taken(Map.copyOf(found));
        assertThat(lookAt(110)).isEmpty();
        found.put(A, "three");
        eventAt(200);
        assertThat(lookAt(210)).containsExactly(A);
    }

    /** As by a tool that writes, has it read, does not like the result, and restores the file. */
    @Test
    void whatIsRestoredAfterOthersHaveTakenItIsReported() {
        begin(0);
        found.put(A, "two");
        eventAt(100);
        debounce.taken(Map.copyOf(found));
        found.put(A, "one");
        eventAt(105);
        assertThat(lookAt(115)).containsExactly(A);
        assertThat(lookAt(1115)).isEmpty();
    }

    /** It was changed while others read it. */
    @Test
    void whatNobodyKnowsToHaveBeenTakenIsReported() {
        begin(0);
        debounce.taken(Map.of(A, "?", B, "one"));
        assertThat(lookAt(1000)).containsExactly(A);
        assertThat(lookAt(2010)).isEmpty();
    }
}
