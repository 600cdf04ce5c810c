package io.quarkiverse.procdaemon.collector;

import java.io.IOException;

import jakarta.inject.Inject;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.collector.hooks.FaultPoint;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;

/** Sends the number of lines to watchers, in response to any message. */
@WebSocket(path = "/watch")
class WatchSocket {

    private static final Logger LOG = Logger.getLogger(WatchSocket.class);

    @Inject
    Tally tally;

    @Inject
    Journal journal;

    @OnTextMessage
    String count(String question) throws IOException {
        return tally.count().toJson();
    }

    @OnClose
    @FaultPoint
    void watcherLeft() {
        LOG.infof("A watcher left at %d lines", journal.lines());
    }
}
