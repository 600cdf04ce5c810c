package io.quarkiverse.procdaemon.runtime.control;

import java.util.List;
import java.util.Optional;

/**
 * A kind of request.
 *
 * @param path a part in upper case stands for any name
 * @param what what it does, for people
 * @param parameters the names of those that it may have
 */
record Route(String method, String path, String what, List<String> parameters, Handler handler) {

    static Route get(String path, String what, Handler handler, String... parameters) {
        return new Route("GET", path, what, List.of(parameters), handler);
    }

    static Route post(String path, String what, Handler handler, String... parameters) {
        return new Route("POST", path, what, List.of(parameters), handler);
    }

    /** Empty if the path is another one; otherwise the name in it, or an empty one. */
    Optional<String> match(List<String> segments) {
        String[] parts = path.substring(1).split("/", -1);
        if (parts.length != segments.size()) {
            return Optional.empty();
        }
        String argument = "";
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].isEmpty() && Character.isUpperCase(parts[i].charAt(0)) && !segments.get(i).isEmpty()) {
                argument = segments.get(i);
            } else if (!parts[i].equals(segments.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(argument);
    }

    void checkParameters(Request request) {
        for (String name : request.query().keySet()) {
            if (!parameters.contains(name)) {
                throw Problem.of(400, "There is no parameter " + name + " of " + method + " " + path + "; "
                        + (parameters.isEmpty() ? "it has none" : "known parameters: " + String.join(", ", parameters)));
            }
        }
    }

    /** As in the list of requests. */
    String usage() {
        return path + (parameters.isEmpty() ? "" : "?" + String.join("&", parameters));
    }
}
