package io.quarkiverse.procdaemon.collector;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;

/** What one connection is still to be sent. */
final class Answers {

    static final String TOO_LONG = "ERR too long";
    static final String NOT_UTF8 = "ERR not UTF-8";
    static final String NO_NEWLINE = "ERR no newline";
    static final String JOURNAL = "ERR journal";

    private ByteBuffer pending = ByteBuffer.allocate(1024);

    void ok(long number) {
        add("OK " + number);
    }

    void add(String answer) {
        byte[] bytes = answer.getBytes(StandardCharsets.US_ASCII);
        if (pending.remaining() <= bytes.length) {
            ByteBuffer larger = ByteBuffer.allocate(2 * pending.capacity());
            pending = larger.put(pending.flip());
        }
        pending.put(bytes).put((byte) '\n');
    }

    boolean isEmpty() {
        return pending.position() == 0;
    }

    void clear() {
        pending.clear();
    }

    /** Sends as much as the channel takes now. */
    void writeTo(WritableByteChannel channel) throws IOException {
        if (!isEmpty()) {
            pending.flip();
            try {
                channel.write(pending);
            } finally {
                pending.compact();
            }
        }
    }
}
