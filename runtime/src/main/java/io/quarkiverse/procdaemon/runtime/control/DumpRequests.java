package io.quarkiverse.procdaemon.runtime.control;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.Diagnostics;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;

/** Dumps and recordings. */
final class DumpRequests {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.procdaemon");
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);
    private static final int AT_A_TIME = 64 * 1024;
    private static final String NOT_YOURS = "Only root and the user of the daemon can read this file; the text of a thread dump "
            + "is answered by POST /v1/dump/threads?content=true";

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
                Route.post("/v1/dump/threads", "writes what the daemon and all threads do; answers the path, with content=true "
                        + "the text", this::threads, "content"),
                Route.post("/v1/dump/heap", "writes all objects; answers the path",
                        call -> written(dump(Diagnostics::heapDump), call)),
                Route.post("/v1/recordings", "records with the Flight Recorder; answers the path when done, with wait=false "
                        + "at once", this::record, "duration", "settings", "wait"));
    }

    private Diagnostics diagnostics() {
        return diagnostics.get().orElseThrow(
                () -> Problem.of(501, ErrorCode.UNSUPPORTED_PLATFORM, "This application cannot write dumps or recordings"));
    }

    private @Nullable Answer threads(Call call) throws IOException {
        boolean isSent = call.flag("content", false);
        Path path = dump(Diagnostics::threadDump);
        LOG.infof("Wrote a thread dump to %s (control socket, user %s)", path, call.user());
        if (!isSent) {
            return written(path, call);
        }
        send(path, call.wire());
        return null;
    }

    private static void send(Path path, Wire wire) throws IOException {
        try (InputStream in = open(path)) {
            wire.write(AnswerWriter.textHead(Files.size(path)), PATIENCE);
            byte[] some = new byte[AT_A_TIME];
            for (int count = in.read(some); count >= 0; count = in.read(some)) {
                wire.write(ByteBuffer.wrap(some, 0, count), PATIENCE);
            }
        }
    }

    private static InputStream open(Path path) {
        try {
            return Files.newInputStream(path);
        } catch (IOException failure) {
            throw Problem.of(500, "The thread dump cannot be read: " + failure);
        }
    }

    private Path dump(Dump dump) {
        try {
            return dump.write(diagnostics());
        } catch (UnsupportedOperationException unsupported) {
            throw Problem.of(501, ErrorCode.UNSUPPORTED_PLATFORM, unsupported.getMessage());
        } catch (IOException failure) {
            throw Problem.of(500, failure.getMessage());
        }
    }

    /** The path. Files are for root and the user of the daemon: what is in the memory is not for all who may give commands. */
    private static Answer written(Path path, Call call) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("path", path.toString());
        if (call.peer().isOther()) {
            data.put("note", NOT_YOURS);
        }
        String text = PlainText.escape(path.toString());
        return Answer.ok(data, () -> text + (call.peer().isOther() ? "\n" + NOT_YOURS : ""));
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
            return written(call.await(recording), call);
        }
        return Answer.of(202, Map.of("duration", duration, "settings", settings),
                () -> "Recording; the log says when and where it is written");
    }
}
