package io.quarkiverse.procdaemon.runtime.control;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.runtime.json.JsonText;
import io.quarkiverse.procdaemon.runtime.json.JsonTree;

/** Makes bytes of answers. */
final class AnswerWriter {

    private static final String TEXT = "text/plain; charset=UTF-8";

    private final JsonText json;

    AnswerWriter(JsonText json) {
        this.json = json;
    }

    /**
     * @param request what it is the answer to; null if that is unknown
     * @param keeps whether another request may follow
     */
    ByteBuffer bytes(Answer answer, @Nullable Request request, boolean keeps) {
        boolean inJson = request != null && request.wantsJson();
        String text = (inJson ? line(answer.data()) : answer.text().get()) + "\n";
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = head(answer.status(), inJson ? answer.json() : TEXT);
        for (Map.Entry<String, String> header : answer.headers().entrySet()) {
            head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
        }
        head.append("Content-Length: ").append(body.length).append("\r\n");
        byte[] before = end(head, keeps);
        if (request != null && request.isHead()) {
            return ByteBuffer.wrap(before);
        }
        return ByteBuffer.allocate(before.length + body.length).put(before).put(body).flip();
    }

    /** The head of an answer that lasts until the connection ends. */
    static ByteBuffer streamHead() {
        return ByteBuffer.wrap(end(head(200, "application/x-ndjson"), false));
    }

    /** The head of a text of so many bytes, with which the connection ends. */
    static ByteBuffer textHead(long length) {
        return ByteBuffer.wrap(end(head(200, TEXT).append("Content-Length: ").append(length).append("\r\n"), false));
    }

    /** On one line, without its end. */
    String line(Object data) {
        return json.write(Objects.requireNonNull(JsonTree.of(data)));
    }

    private static StringBuilder head(int status, String type) {
        return new StringBuilder("HTTP/1.1 ").append(status).append(' ').append(Answer.phrase(status)).append("\r\n")
                .append("Content-Type: ").append(type).append("\r\nCache-Control: no-store\r\n");
    }

    private static byte[] end(StringBuilder head, boolean keeps) {
        return head.append(keeps ? "" : "Connection: close\r\n").append("\r\n").toString()
                .getBytes(StandardCharsets.US_ASCII);
    }
}
