package io.quarkiverse.procdaemon.runtime.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Reads requests: a strict subset of HTTP/1.1. The lines end with CR LF, a body has a {@code Content-Length}, and whatever is
 * ambiguous is refused.
 */
final class RequestReader {

    static final int HEAD = 8 * 1024;
    static final int BODY = 64 * 1024;

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String TOKEN = "!#$%&'*+-.^_`|~";

    private final Wire wire;
    private final long deadline;
    private final byte[] line = new byte[HEAD];
    private int used;

    private RequestReader(Wire wire, long deadline) {
        this.wire = wire;
        this.deadline = deadline;
    }

    /**
     * The next request; null if the client has closed the connection or sends nothing for ten seconds.
     *
     * @throws Problem if it is malformed, too large or too slow; no other may follow it on this connection
     */
    static @Nullable Request next(Wire wire) throws IOException {
        return next(wire, System.nanoTime() + PATIENCE);
    }

    static @Nullable Request next(Wire wire, long deadline) throws IOException {
        RequestReader reader = new RequestReader(wire, deadline);
        try {
            return reader.read();
        } catch (Wire.TimedOut late) {
            if (reader.used == 0) {
                return null;
            }
            throw Problem.of(408, "The request did not arrive completely within 10s; send it at once");
        }
    }

    private @Nullable Request read() throws IOException {
        String requestLine = line(414, "The request line is longer than 8 KiB; shorten the path");
        if (requestLine == null) {
            return null;
        }
        String[] parts = requestLine.split(" ", -1);
        if (parts.length != 3 || !isToken(parts[0]) || !parts[2].matches("HTTP/\\d\\.\\d")) {
            throw malformed("The request line is not 'METHOD PATH HTTP/1.1'");
        }
        if (!parts[2].startsWith("HTTP/1.")) {
            throw Problem.of(505, "The version " + parts[2] + " is not supported; use HTTP/1.1");
        }
        boolean old = parts[2].equals("HTTP/1.0");
        Target target = Target.of(parts[1]);
        Map<String, String> headers = headers();
        if (!old && !headers.containsKey("host")) {
            throw malformed("The header Host is missing");
        }
        byte[] body = body(headers, old);
        boolean keeps = !old && !headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT).contains("close");
        return new Request(parts[0], target.path(), target.segments(), target.query(), headers, body, keeps);
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        String limit = "The head of the request is larger than 8 KiB; send fewer headers";
        for (String header = line(431, limit); header == null || !header.isEmpty(); header = line(431, limit)) {
            if (header == null) {
                throw malformed("The request ends within its headers");
            }
            int colon = header.indexOf(':');
            if (colon < 0 || !isToken(header.substring(0, colon))) {
                throw malformed("A header is not 'Name: value'");
            }
            String name = header.substring(0, colon).toLowerCase(Locale.ROOT);
            String value = header.substring(colon + 1).strip();
            String before = headers.put(name, value);
            if (before != null && !name.equals("accept")) {
                throw malformed("The header " + name + " appears twice");
            } else if (before != null) {
                headers.put(name, before + ", " + value);
            }
        }
        return headers;
    }

    /** Null at the end of the connection, if nothing has come before it. Counts against the size of the head. */
    private @Nullable String line(int tooLong, String limit) throws IOException {
        int begin = used;
        while (true) {
            int next = wire.read(deadline);
            if (next < 0) {
                if (used == 0) {
                    return null;
                }
                throw malformed("The request ends within its head");
            }
            if (used == HEAD) {
                throw Problem.of(tooLong, limit);
            }
            line[used++] = (byte) next;
            if (next == '\n') {
                if (used - begin < 2 || line[used - 2] != '\r') {
                    throw malformed("A line of the head does not end with CR LF");
                }
                return new String(line, begin, used - begin - 2, StandardCharsets.ISO_8859_1);
            }
            check(next, begin);
        }
    }

    private void check(int next, int begin) {
        boolean afterReturn = used - begin >= 2 && line[used - 2] == '\r';
        if (afterReturn || next < ' ' && next != '\t' && next != '\r' || next == 0x7f) {
            throw malformed("The head has a control character");
        }
    }

    private byte[] body(Map<String, String> headers, boolean old) throws IOException {
        if (headers.containsKey("transfer-encoding")) {
            throw Problem.of(411, "Transfer-Encoding is not supported; send the body with a Content-Length");
        }
        int length = length(headers.getOrDefault("content-length", "0"));
        String expected = headers.get("expect");
        if (expected != null) {
            if (!expected.equalsIgnoreCase("100-continue")) {
                throw Problem.of(417, "The only expectation that is met is 100-continue; remove the header Expect");
            }
            if (length > 0 && !old) {
                wire.write(ByteBuffer.wrap(CONTINUE), PATIENCE);
            }
        }
        byte[] body = new byte[length];
        for (int i = 0; i < length; i++) {
            int next = wire.read(deadline);
            if (next < 0) {
                throw malformed("The body is shorter than its Content-Length");
            }
            body[i] = (byte) next;
        }
        return body;
    }

    private static int length(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw malformed("The Content-Length is not a number");
        }
        long length = Long.parseLong(text);
        if (length > BODY) {
            throw Problem.of(413, "The body is larger than 64 KiB; send less");
        }
        return (int) length;
    }

    private static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            boolean plain = letter < 0x7f && Character.isLetterOrDigit(letter) || TOKEN.indexOf(letter) >= 0;
            if (!plain) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static Problem malformed(String what) {
        return Problem.of(400, what + "; send HTTP/1.1, for instance with curl --unix-socket");
    }
}
