package io.quarkiverse.procdaemon.runtime.reload.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

/** What is reported when, without files and time; patience is 50. */
class ReportedTest {

    private static final Path A = Path.of("a");
    private static final Path B = Path.of("b");
    private static final Path DIRECTORY = Path.of("directory");

    private final Map<Spot, Content> found = new HashMap<>();
    private Reported reported;

    private void begin() {
        is(A, "one");
        is(B, "one");
        reported = new Reported(found, 50);
    }

    private void is(Path file, String content) {
        found.put(new Spot(file, file), new Content.Bytes(content));
    }

    private void isEmpty(Path file, long written) {
        found.put(new Spot(file, file), new Content.Empty(FileTime.fromMillis(written)));
    }

    private void isGone(Path file) {
        found.remove(new Spot(file, file));
    }

    @Test
    void otherBytesAreReportedOnce() {
        begin();
        assertThat(reported.changes(found, 0)).isEmpty();
        is(A, "two");
        assertThat(reported.changes(found, 1)).containsExactly(A);
        assertThat(reported.changes(found, 2)).isEmpty();
        assertThat(reported.remaining(2)).isEqualTo(Reported.NEVER);
    }

    @Test
    void anEmptyFileIsReportedIfItStaysSo() {
        begin();
        isEmpty(A, 0);
        assertThat(reported.changes(found, 100)).isEmpty();
        assertThat(reported.remaining(110)).isEqualTo(40);
        assertThat(reported.changes(found, 149)).isEmpty();
        assertThat(reported.remaining(149)).isEqualTo(1);
        assertThat(reported.changes(found, 150)).containsExactly(A);
        assertThat(reported.remaining(150)).isEqualTo(Reported.NEVER);
        assertThat(reported.changes(found, 300)).isEmpty();
    }

    @Test
    void aFileThatIsGoneIsReportedIfItStaysSo() {
        begin();
        isGone(A);
        assertThat(reported.changes(found, 100)).isEmpty();
        assertThat(reported.changes(found, 150)).containsExactly(A);
        assertThat(reported.changes(found, 300)).isEmpty();
    }

    @Test
    void aNewFileWithoutContentIsStillBeingWritten() {
        begin();
        isEmpty(Path.of("new"), 0);
        assertThat(reported.changes(found, 100)).isEmpty();
        is(Path.of("new"), "whole");
        assertThat(reported.changes(found, 101)).containsExactly(Path.of("new"));
    }

    @Test
    void aFileThatHasItsBytesAgainWasNeverChanged() {
        begin();
        isGone(A);
        assertThat(reported.changes(found, 100)).isEmpty();
        is(A, "one");
        assertThat(reported.changes(found, 120)).isEmpty();
        assertThat(reported.remaining(120)).isEqualTo(Reported.NEVER);
        isGone(A);
        assertThat(reported.changes(found, 150)).isEmpty();
        assertThat(reported.remaining(150)).isEqualTo(50);
    }

    @Test
    void aFileThatIsEmptiedAgainOrCreatedHasNotStayedTheSame() {
        begin();
        isGone(A);
        assertThat(reported.changes(found, 0)).isEmpty();
        isEmpty(A, 1);
        assertThat(reported.changes(found, 40)).isEmpty();
        isEmpty(A, 2);
        assertThat(reported.changes(found, 80)).isEmpty();
        assertThat(reported.remaining(80)).isEqualTo(50);
        assertThat(reported.changes(found, 130)).containsExactly(A);
    }

    @Test
    void anEmptyFileThatIsWrittenEmptyIsNoChange() {
        begin();
        isEmpty(A, 1);
        reported = new Reported(found, 50);
        isEmpty(A, 2);
        assertThat(reported.changes(found, 0)).isEmpty();
        assertThat(reported.remaining(0)).isEqualTo(Reported.NEVER);
    }

    @Test
    void aChangeWaitsForAnotherFileThatIsBeingWritten() {
        begin();
        is(A, "two");
        isEmpty(B, 0);
        assertThat(reported.changes(found, 0)).isEmpty();
        is(B, "two");
        assertThat(reported.changes(found, 10)).containsExactlyInAnyOrder(A, B);
    }

    @Test
    void aChangeWaitsNoLongerThanAnEmptyFile() {
        begin();
        is(A, "two");
        assertThat(reported.changes(found, 0)).containsExactly(A);
        is(A, "three");
        isEmpty(B, 0);
        assertThat(reported.changes(found, 10)).isEmpty();
        assertThat(reported.remaining(10)).isEqualTo(50);
        isEmpty(B, 1);
        assertThat(reported.changes(found, 40)).isEmpty();
        assertThat(reported.remaining(40)).isEqualTo(20);
        assertThat(reported.changes(found, 60)).containsExactly(A);
        assertThat(reported.remaining(60)).isEqualTo(30);
        assertThat(reported.changes(found, 90)).containsExactly(B);
    }

    @Test
    void filesOfADirectoryAreReportedAsTheDirectory() {
        begin();
        found.put(new Spot(DIRECTORY, A), new Content.Bytes("one"));
        found.put(new Spot(DIRECTORY, B), new Content.Bytes("one"));
        assertThat(reported.changes(found, 0)).containsExactly(DIRECTORY);
        found.remove(new Spot(DIRECTORY, A));
        assertThat(reported.changes(found, 1)).isEmpty();
        assertThat(reported.changes(found, 51)).containsExactly(DIRECTORY);
    }
}
