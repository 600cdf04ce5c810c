package io.quarkiverse.procdaemon.runtime.control;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemNotFoundException;
import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;

/** What there is to know of subsystems, and commands to them. */
final class SubsystemRequests {

    private static final Logger LOG = Logger.getLogger(SubsystemRequests.class);
    private static final String ONE = "/v1/subsystems/NAME";

    private final DaemonInternals daemon;

    SubsystemRequests(DaemonInternals daemon) {
        this.daemon = daemon;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/v1/subsystems", "all subsystems, in start order", this::all),
                Route.get(ONE, "one subsystem, with its last failure", call -> details(200, call.argument())),
                command("start", "starts it", daemon::start),
                command("stop", "stops it, its dependents first", daemon::stop),
                command("restart", "stops and starts it", daemon::restart));
    }

    private Route command(String name, String what, Function<String, CompletionStage<Void>> command) {
        return Route.post(ONE + "/" + name, what + "; answers when done, with wait=false at once",
                call -> perform(command, call), "wait");
    }

    private Answer all(Call call) {
        List<SubsystemInfo> all = daemon.subsystems();
        return Answer.ok(all, () -> SubsystemTexts.table(all, daemon.isDraining()));
    }

    private Answer details(int status, String name) {
        SubsystemInfo info = info(name);
        return Answer.of(status, info, () -> SubsystemTexts.details(info, daemon.isDraining()));
    }

    private SubsystemInfo info(String name) {
        return daemon.subsystem(name).orElseThrow(() -> new SubsystemNotFoundException(name,
                daemon.subsystems().stream().map(SubsystemInfo::name).toList()));
    }

    private Answer perform(Function<String, CompletionStage<Void>> command, Call call) throws IOException {
        boolean waits = call.flag("wait", true);
        CompletionStage<Void> done = command.apply(call.argument());
        if (waits) {
            call.await(done);
        } else {
            done.whenComplete((nothing, failure) -> {
                if (failure != null) {
                    LOG.debugf(failure, "A request for %s that nobody waits for failed", call.argument());
                }
            });
        }
        SubsystemInfo info = info(call.argument());
        return Answer.of(waits ? 200 : 202, info, () -> SubsystemTexts.table(List.of(info), daemon.isDraining()));
    }
}
