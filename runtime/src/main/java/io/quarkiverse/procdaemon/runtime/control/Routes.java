package io.quarkiverse.procdaemon.runtime.control;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.DaemonException;
import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;

/** All requests that there are. */
final class Routes {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.procdaemon");

    private final List<Route> routes = new ArrayList<>();

    Routes(List<Route> all) {
        routes.addAll(all);
        routes.add(Route.get("/", "this list", call -> list()));
        routes.add(Route.get("/v1", "the same", call -> list()));
    }

    /**
     * Serves a request.
     *
     * @return as {@link Handler#handle}
     * @throws Problem if it is not served
     * @throws IOException if the client goes away or the daemon ends
     */
    @Nullable
    Answer serve(Request request, Peers.Peer peer, Wire wire) throws IOException {
        List<String> methods = new ArrayList<>();
        for (Route route : routes) {
            Optional<String> argument = route.match(request.segments());
            if (argument.isPresent() && route.answers(request)) {
                route.check(request);
                return serve(route, new Call(request, peer, argument.get(), wire));
            }
            argument.ifPresent(other -> methods.add(route.isGet() ? "GET, HEAD" : route.method()));
        }
        if (methods.isEmpty()) {
            throw Problem.of(404, "There is no " + request.path() + "; known paths: "
                    + String.join(", ", routes.stream().map(Route::path).distinct().sorted().toList()));
        }
        String allowed = String.join(", ", methods);
        throw Problem.notAllowed(allowed,
                "The method " + request.method() + " is not known for " + request.path() + "; use " + allowed);
    }

    private @Nullable Answer serve(Route route, Call call) throws IOException {
        if (!route.isGet()) {
            LOG.infof("The user %s requested %s %s through the control socket", call.user(), route.method(),
                    call.request().words());
        }
        try {
            return route.handler().handle(call);
        } catch (DaemonException failure) {
            throw refused(route, call, Problem.of(failure));
        } catch (Problem problem) {
            throw refused(route, call, problem);
        }
    }

    private static Problem refused(Route route, Call call, Problem why) {
        if (!route.isGet()) {
            LOG.infof("The request %s %s of the user %s was not carried out: %s", route.method(), call.request().words(),
                    call.user(), PlainText.escape(why.getMessage()));
        }
        return why;
    }

    private Answer list() {
        List<Map<String, Object>> data = new ArrayList<>();
        TextTable table = new TextTable("REQUEST", "PATH", "WHAT");
        for (Route route : routes) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("method", route.method());
            each.put("path", route.path());
            each.put("parameters", route.parameters());
            each.put("what", route.what());
            data.add(each);
            table.row(route.method(), route.usage(), route.what());
        }
        return Answer.ok(data, table::toString);
    }
}
