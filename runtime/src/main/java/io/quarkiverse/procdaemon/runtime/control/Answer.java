package io.quarkiverse.procdaemon.runtime.control;

import java.util.Map;
import java.util.function.Supplier;

/**
 * The answer to a request, for programs and for people.
 *
 * @param json the media type of its JSON
 * @param data what the JSON says: whatever {@link Json} writes
 * @param text the same for people, without a line end
 * @param headers additional ones
 */
record Answer(int status, String json, Object data, Supplier<String> text, Map<String, String> headers) {

    static final String JSON = "application/json";
    static final String PROBLEM = "application/problem+json";

    private static final Map<Integer, String> PHRASES = Map.ofEntries(Map.entry(200, "OK"), Map.entry(202, "Accepted"),
            Map.entry(400, "Bad Request"), Map.entry(403, "Forbidden"), Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"), Map.entry(408, "Request Timeout"), Map.entry(409, "Conflict"),
            Map.entry(411, "Length Required"), Map.entry(413, "Content Too Large"), Map.entry(414, "URI Too Long"),
            Map.entry(415, "Unsupported Media Type"), Map.entry(417, "Expectation Failed"),
            Map.entry(422, "Unprocessable Content"), Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"), Map.entry(501, "Not Implemented"),
            Map.entry(503, "Service Unavailable"), Map.entry(504, "Gateway Timeout"),
            Map.entry(505, "HTTP Version Not Supported"));

    static Answer of(int status, Object data, Supplier<String> text) {
        return new Answer(status, JSON, data, text, Map.of());
    }

    static Answer ok(Object data, Supplier<String> text) {
        return of(200, data, text);
    }

    /** What HTTP calls a status. */
    static String phrase(int status) {
        return PHRASES.getOrDefault(status, "Unknown");
    }
}
