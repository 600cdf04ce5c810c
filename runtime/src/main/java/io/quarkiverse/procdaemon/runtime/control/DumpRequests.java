package io.quarkiverse.procdaemon.runtime.control;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.Diagnostics;
import io.quarkiverse.procdaemon.ErrorCode;

/** Dumps and recordings. */
final class DumpRequests {

    private static final Logger LOG = Logger.getLogger(DumpRequests.class);

    private final Supplier<Optional<Diagnostics>> diagnostics;

    DumpRequests(Supplier<Optional<Diagnostics>> diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** Writes a file. */
    private interface Dump {
        Path write(Diagnostics diagnostics) throws IOException;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/v1/dump/threads", "writes what the daemon and all threads do; answers the path",
                        call -> dump(Diagnostics::threadDump)),
                Route.post("/v1/dump/heap", "writes all objects; answers the path", call -> dump(Diagnostics::heapDump)),
                Route.post("/v1/recordings", "records with the Flight Recorder; answers the path when done, with wait=false "
                        + "at once", this::record, "duration", "settings", "wait"));
    }

    private Diagnostics diagnostics() {
        return diagnostics.get().orElseThrow(
                () -> Problem.of(501, ErrorCode.UNSUPPORTED_PLATFORM, "This application cannot write dumps or recordings"));
    }

    private Answer dump(Dump dump) {
        try {
            return written(dump.write(diagnostics()));
        } catch (UnsupportedOperationException unsupported) {
            throw Problem.of(501, ErrorCode.UNSUPPORTED_PLATFORM, unsupported.getMessage());
        } catch (IOException failure) {
            throw Problem.of(500, failure.getMessage());
        }
    }

    private static Answer written(Path path) {
        return Answer.ok(Map.of("path", path.toString()), path::toString);
    }

    private Answer record(Call call) throws IOException {
        boolean waits = call.flag("wait", true);
        Duration duration = call.duration("duration", Duration.ofSeconds(30));
        String settings = Optional.ofNullable(call.parameter("settings")).orElse("default");
        CompletionStage<Path> recording;
        try {
            recording = diagnostics().record(duration, settings);
        } catch (UnsupportedOperationException unsupported) {
            throw Problem.of(501, ErrorCode.UNSUPPORTED_PLATFORM, unsupported.getMessage());
        } catch (IllegalArgumentException wrong) {
            throw Problem.of(400, wrong.getMessage());
        } catch (IllegalStateException notNow) {
            throw Problem.of(409, notNow.getMessage());
        } catch (IOException failure) {
            throw Problem.of(500, failure.getMessage());
        }
        if (waits) {
            return written(call.await(recording));
        }
        recording.whenComplete((path, failure) -> {
            if (failure == null) {
                LOG.debugf("The recording is written to %s", path);
            } else {
                LOG.debug("The recording cannot be written", failure);
            }
        });
        return Answer.of(202, Map.of("duration", duration, "settings", settings),
                () -> "Recording; the log says when and where it is written");
    }
}
