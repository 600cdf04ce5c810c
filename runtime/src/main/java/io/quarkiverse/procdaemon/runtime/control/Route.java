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

    boolean isGet() {
        return method.equals("GET");
    }

    /** Whether that is a request of this kind, if its path matches. */
    boolean answers(Request request) {
        return method.equals(request.method()) || isGet() && request.isHead();
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

    /**
     * Whether the request has nothing that would be ignored. What is meant as a parameter easily becomes the body of a command.
     *
     * @throws Problem if it has
     */
    void check(Request request) {
        if (request.body().length > 0 && !method.equals("PUT")) {
            throw Problem.of(400, method + " " + path + " takes no body; send it without"
                    + (parameters.isEmpty() ? "" : ", and parameters in the URL: " + usage()));
        }
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
