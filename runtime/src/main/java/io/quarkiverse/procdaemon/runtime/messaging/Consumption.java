package io.quarkiverse.procdaemon.runtime.messaging;

/**
 * How a consumer takes the messages of its channels.
 *
 * @param channels the channels, for messages: {@code channel 'orders'}
 * @param method the consumer, for messages
 * @param gate what keeps messages from it
 * @param acknowledged whether the end of its work on a message is the message's acknowledgment, else it is the demand for the
 *        next one
 * @param keeps whether a message on which it has failed is kept for the next run of its subsystem
 * @param connected whether a connector delivers the messages, so that the channels are not to end
 */
record Consumption(String channels, String method, Gate gate, boolean acknowledged, boolean keeps, boolean connected) {

    ChannelEndedException ended(String why) {
        return new ChannelEndedException(channels + " has ended because " + why + ", so " + method
                + " gets no more messages; restart the process");
    }
}
