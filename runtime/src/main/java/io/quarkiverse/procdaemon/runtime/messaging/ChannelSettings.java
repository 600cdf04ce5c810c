package io.quarkiverse.procdaemon.runtime.messaging;

import java.util.Optional;

import org.eclipse.microprofile.config.Config;

/** What is configured of an incoming channel, with the precedence of SmallRye: for the channel, else for its connector. */
record ChannelSettings(Config config, String channel) {

    private static final String STRATEGY = "failure-strategy";
    private static final String FAIL = "fail";

    /** Whether a connector delivers its messages; if not, the application itself does. */
    boolean isConnected() {
        return connector().isPresent();
    }

    boolean isConnectedTo(String connector) {
        return connector().filter(connector::equals).isPresent();
    }

    /** Whether a message that is not acknowledged has a place to go: any failure strategy but {@code fail} is configured. */
    boolean hasFailureStrategy() {
        return text(key(STRATEGY))
                .or(() -> connector().flatMap(connector -> text("mp.messaging.connector." + connector + "." + STRATEGY)))
                .filter(strategy -> !strategy.equals(FAIL)).isPresent();
    }

    private Optional<String> connector() {
        return text(key("connector"));
    }

    private String key(String attribute) {
        return "mp.messaging.incoming." + (channel.contains(".") ? '"' + channel + '"' : channel) + "." + attribute;
    }

    private Optional<String> text(String key) {
        return config.getOptionalValue(key, String.class);
    }
}
