package io.quarkiverse.procdaemon.runtime.engine.shutdown;

import io.quarkiverse.procdaemon.runtime.engine.events.EventBus;
import io.quarkiverse.procdaemon.runtime.engine.events.News;
import io.quarkiverse.procdaemon.runtime.engine.run.Message;

/** Tells the listeners something that concerns the whole daemon. A named class, which can be loaded before a shutdown. */
public record Announcement(EventBus events, News news) implements Message.Step {

    @Override
    public void run() {
        events.tell(news);
    }
}
