package io.quarkiverse.procdaemon.runtime.control;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ReloadResult.Status;
import io.quarkiverse.procdaemon.ResourceUsage;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;
import io.quarkiverse.procdaemon.runtime.engine.events.ReportText;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;
import io.quarkiverse.procdaemon.runtime.view.DaemonData;
import io.quarkiverse.procdaemon.runtime.view.LastReload;

/** What concerns the daemon as a whole. */
final class DaemonRequests {

    /** How often a drain that a client waits for looks whether it is over. */
    private static final Duration LOOK = Duration.ofMillis(20);

    private final DaemonInternals daemon;
    private final LastReload lastReload;

    DaemonRequests(DaemonInternals daemon, LastReload lastReload) {
        this.daemon = daemon;
        this.lastReload = lastReload;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/daemon", "the state of the daemon and its work in flight", call -> state(200)),
                Route.get("/v1/resources", "what the process uses", call -> resources()),
                Route.get("/v1/config", "the epoch of the configuration and the last reload", call -> config()),
                Route.get("/v1/last-shutdown", "the report of the last shutdown", call -> lastShutdown()),
                Route.post("/v1/reload", "reloads the configuration", this::reload),
                Route.post("/v1/drain", "takes no new work; with wait=30s answers when nothing is in flight", this::drain,
                        "wait"),
                Route.post("/v1/resume", "undoes a drain", this::resume),
                Route.post("/v1/shutdown", "shuts down the process", this::shutdown, "exit-code"));
    }

    private Answer state(int status) {
        DaemonData daemonData = DaemonData.of(daemon, daemon.subsystems());
        Map<String, Object> data = daemonData.tree();
        return Answer.of(status, data, () -> stateText(data, daemonData.counts(), daemonData.inFlight(),
                daemonData.waitsFor()));
    }

    private static String stateText(Map<String, Object> data, Map<SubsystemState, Integer> counts,
            Map<String, Integer> inFlight, List<String> waitsFor) {
        List<String> parts = new ArrayList<>();
        counts.forEach((state, count) -> parts.add(count + " " + state));
        TextTable table = new TextTable("daemon", data.get("name").toString());
        boolean isLate = data.get("draining").equals(true) && data.get("state") != DaemonState.DRAINING;
        table.row("state", data.get("state") + (isLate ? ", draining" : ""));
        table.row("process", data.get("pid") + (data.get("startedAt") instanceof Instant since
                ? ", started " + Age.of(since) + " ago"
                : " "));
        table.row("subsystems", String.join(", ", parts));
        table.row("in flight", inFlight.isEmpty() ? "nothing" : data.get("inFlight") + ": " + owners(inFlight));
        table.row("waits for", String.join(", ", waitsFor));
        return table.toString();
    }

    private static String owners(Map<String, Integer> inFlight) {
        List<String> owners = new ArrayList<>();
        inFlight.forEach((owner, count) -> owners.add(owner + " " + count));
        return String.join(", ", owners);
    }

    private Answer resources() {
        ResourceUsage usage = daemon.resources();
        return Answer.ok(usage, () -> ResourceTexts.of(usage));
    }

    private Answer config() {
        Map<String, Object> data = lastReload.data();
        return Answer.ok(data, () -> "epoch        " + data.get("epoch") + "\nlast reload  " + ReloadTexts.of(lastReload));
    }

    private Answer lastShutdown() {
        ShutdownReport report = daemon.lastShutdown().orElseThrow(() -> Problem.of(404,
                "No report of a shutdown is known; reports of earlier processes are kept in "
                        + "quarkus.proc-daemon.shutdown.report-file, if that is set"));
        return Answer.ok(report, () -> ReportText.of(report));
    }

    private Answer reload(Call call) throws IOException {
        ReloadResult result = call.await(daemon.reload("The control socket, user " + call.user()));
        return Answer.of(result.status() == Status.REJECTED ? 422 : 200, result, () -> ReloadTexts.of(result));
    }

    private Answer drain(Call call) throws IOException {
        Duration wait = call.duration("wait", Duration.ZERO);
        daemon.drain();
        if (!wait.isZero() && !call.poll(() -> daemon.inFlight() == 0, wait, LOOK)) {
            Map<String, Integer> inFlight = daemon.inFlightByOwner();
            throw Problem.of(504, "The daemon still has work in flight after " + Durations.text(wait) + " ("
                    + (inFlight.isEmpty() ? "the last of it has ended just now" : owners(inFlight))
                    + "); it keeps draining, so ask again, or undo it with POST /v1/resume");
        }
        return state(200);
    }

    private Answer resume(Call call) {
        daemon.resume();
        return state(200);
    }

    private Answer shutdown(Call call) {
        int code = call.number("exit-code", 0, 255);
        daemon.shutdown(code, "control socket, user " + call.user(), false);
        return Answer.of(202, Map.of("exitCode", code), () -> "The daemon shuts down with exit code " + code
                + ", unless another cause came first");
    }
}
