package io.quarkiverse.procdaemon.runtime.diagnostics;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Records with the Flight Recorder, or refuses. See {@code Diagnostics.record}. */
interface Recorder extends AutoCloseable {

    CompletionStage<Path> record(Duration duration, String settings) throws IOException;

    /** Ends all recordings and waits, not for long, until their files are there. */
    @Override
    void close();

    /** For an application that was built without. */
    record Refusal(String why) implements Recorder {

        @Override
        public CompletionStage<Path> record(Duration duration, String settings) {
            throw new UnsupportedOperationException(why);
        }

        @Override
        public void close() {
            // There is none.
        }
    }
}
