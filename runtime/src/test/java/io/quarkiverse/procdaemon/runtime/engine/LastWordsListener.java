package io.quarkiverse.procdaemon.runtime.engine;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.DaemonListener;
import io.quarkiverse.procdaemon.runtime.engine.events.ReportText;

/** What a listener hears of a shutdown as a whole. */
final class LastWordsListener implements DaemonListener {

    private final LinkedBlockingQueue<String> words = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<List<String>> held = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<ShutdownReport> reports = new LinkedBlockingQueue<>();

    /** The next thing said, as {@code began: …}, {@code delayed 7.5s} or {@code ended CLEAN: …}. */
    String next() throws InterruptedException {
        return words.poll(20, TimeUnit.SECONDS);
    }

    /** Whether something is said that was not asked for yet. */
    boolean saysMore() {
        return !words.isEmpty();
    }

    List<String> held() throws InterruptedException {
        return held.poll(20, TimeUnit.SECONDS);
    }

    ShutdownReport report() throws InterruptedException {
        return reports.poll(20, TimeUnit.SECONDS);
    }

    @Override
    public void onEvent(SubsystemEvent event) {
        // Others listen to those.
    }

    @Override
    public void shutdownBegan(String daemon, ShutdownReason reason, OptionalInt exitCode, boolean duringStart) {
        words.add("began: " + reason + " " + (exitCode.isPresent() ? exitCode.getAsInt() : "-"));
    }

    @Override
    public void shutdownDelayed(String daemon, Duration after, List<String> lines) {
        words.add("delayed " + after);
        held.add(lines);
    }

    @Override
    public void shutdownEnded(ShutdownReport report) {
        words.add("ended " + report.outcome() + " " + ReportText.line(report));
        reports.add(report);
    }
}
