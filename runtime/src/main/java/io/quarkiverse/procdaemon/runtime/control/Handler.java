package io.quarkiverse.procdaemon.runtime.control;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/** Serves one kind of request, on the thread of the connection, which it may block. */
@FunctionalInterface
interface Handler {

    /**
     * @return the answer; null if it has written that itself, to the end of the connection
     * @throws Problem if the request is not served
     * @throws io.quarkiverse.procdaemon.DaemonException likewise
     * @throws IOException if the client goes away
     */
    @Nullable
    Answer handle(Call call) throws IOException;
}
