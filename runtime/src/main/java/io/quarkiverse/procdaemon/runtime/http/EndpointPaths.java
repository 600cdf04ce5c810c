package io.quarkiverse.procdaemon.runtime.http;

/**
 * The paths of the endpoints that Quarkus and extensions offer besides those of the application, such as health and metrics.
 *
 * @param prefix how each begins, with a slash at its end; empty if they cannot be told from those of the application
 */
record EndpointPaths(String prefix) {

    /**
     * @param root {@code quarkus.http.root-path}
     * @param endpoints {@code quarkus.http.non-application-root-path}: relative to that unless it begins with a slash
     */
    EndpointPaths(String root, String endpoints) {
        this(prefix(slashes(root), endpoints));
    }

    private static String prefix(String root, String endpoints) {
        String whole = endpoints.startsWith("/") ? slashes(endpoints) : slashes(root + endpoints);
        return root.startsWith(whole) ? "" : whole;
    }

    private static String slashes(String path) {
        return ("/" + path + "/").replaceAll("/+", "/");
    }

    boolean contain(String path) {
        return !prefix.isEmpty() && path.startsWith(prefix);
    }
}
