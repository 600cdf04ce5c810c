package io.quarkiverse.procdaemon.runtime.control;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;

/**
 * A request, parsed.
 *
 * @param method as sent
 * @param path the path as sent, without the query
 * @param segments the parts of the path, decoded
 * @param query the parameters, decoded
 * @param headers by their names in lower case
 * @param body at most {@link RequestReader#BODY} bytes
 * @param keepsConnection whether another one may follow on the same connection
 */
record Request(String method, String path, List<String> segments, Map<String, String> query, Map<String, String> headers,
        byte[] body, boolean keepsConnection) {

    private static final int LONGEST = 200;

    /** Path and parameters for the log. */
    String words() {
        StringBuilder words = new StringBuilder(path);
        char separator = '?';
        for (Map.Entry<String, String> parameter : query.entrySet()) {
            words.append(separator).append(parameter.getKey()).append('=').append(parameter.getValue());
            separator = '&';
        }
        return PlainText.cut(PlainText.escape(words.toString()), LONGEST);
    }

    boolean wantsJson() {
        return Accept.prefersJson(headers.getOrDefault("accept", ""));
    }

    /** Whether it wants only the head of the answer to a GET. */
    boolean isHead() {
        return method.equals("HEAD");
    }

    /**
     * The body of a request that has a word in it.
     *
     * @throws Problem if it is not text
     */
    String text() {
        String type = headers.getOrDefault("content-type", "text/plain").split(";", 2)[0].trim();
        // What curl says of any body unless it is given another type.
        if (!type.equalsIgnoreCase("text/plain") && !type.equalsIgnoreCase("application/x-www-form-urlencoded")) {
            throw Problem.of(415, "The body must be text/plain; remove the header Content-Type");
        }
        return new String(body, StandardCharsets.UTF_8).trim();
    }
}
