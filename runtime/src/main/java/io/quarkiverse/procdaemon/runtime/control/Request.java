package io.quarkiverse.procdaemon.runtime.control;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

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

    boolean wantsJson() {
        return headers.getOrDefault("accept", "").contains(Answer.JSON);
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
