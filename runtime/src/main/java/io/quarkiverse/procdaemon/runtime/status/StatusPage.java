package io.quarkiverse.procdaemon.runtime.status;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ResourceUsage;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;
import io.quarkiverse.procdaemon.runtime.engine.DaemonService;
import io.quarkiverse.procdaemon.runtime.engine.events.DaemonListener;
import io.quarkiverse.procdaemon.runtime.json.JsonText;
import io.quarkiverse.procdaemon.runtime.json.JsonTree;
import io.quarkiverse.procdaemon.runtime.view.DaemonData;
import io.quarkiverse.procdaemon.runtime.view.LastReload;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Answers requests for the page. Thread-safe. */
@Singleton
public final class StatusPage implements DaemonService, DaemonListener {

    private final JsonText json;
    private final LastReload lastReload = new LastReload();
    private volatile @Nullable DaemonInternals daemon;

    StatusPage(JsonText json) {
        this.json = json;
    }

    @Override
    public void begin(DaemonInternals begun) {
        daemon = begun;
    }

    @Override
    public void onEvent(SubsystemEvent event) {
        // The snapshots have it.
    }

    @Override
    public void reloaded(ReloadResult result, Instant at) {
        lastReload.set(result, at);
    }

    @Override
    public void end() {
        // The page shows how the daemon ended as long as HTTP is open.
    }

    void handle(RoutingContext request) {
        HttpMethod method = request.request().method();
        HttpServerResponse response = request.response().putHeader("Cache-Control", "no-store");
        DaemonInternals shown = daemon;
        List<String> formats = request.queryParam("format");
        String format = formats.isEmpty() ? "json" : formats.get(0);
        if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
            response.putHeader("Allow", "GET, HEAD");
            refuse(request, 405, "The status page can only be read: use GET or HEAD");
        } else if (formats.size() > 1) {
            refuse(request, 400, "There is more than one format; use one of json, dot, mermaid");
        } else if (shown == null) {
            refuse(request, 503, "The daemon has not begun to start yet; ask again later");
        } else {
            switch (format) {
                case "json" -> answer(request, "application/json", json.write(tree(shown)));
                case "dot" ->
                    answer(request, "text/vnd.graphviz; charset=utf-8", DotGraph.of(shown.name(), shown.subsystems()));
                case "mermaid" -> answer(request, "text/plain; charset=utf-8", MermaidGraph.of(shown.subsystems()));
                default -> refuse(request, 400, "There is no such format; use one of json, dot, mermaid");
            }
        }
    }

    private Object tree(DaemonInternals shown) {
        List<SubsystemInfo> subsystems = shown.subsystems();
        List<ResourceUsage> samples = shown.resourceHistory();
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("daemon", JsonTree.of(DaemonData.of(shown, subsystems).tree()));
        all.put("subsystems", JsonTree.of(subsystems));
        all.put("resources", JsonTree.of(samples.isEmpty() ? null : samples.get(samples.size() - 1)));
        all.put("config", JsonTree.of(lastReload.data()));
        all.put("lastShutdown", JsonTree.of(shown.lastShutdown()));
        return all;
    }

    private static void refuse(RoutingContext request, int status, String message) {
        request.response().setStatusCode(status);
        answer(request, "text/plain; charset=utf-8", message + "\n");
    }

    private static void answer(RoutingContext request, String type, String text) {
        HttpServerResponse response = request.response();
        Buffer content = Buffer.buffer(text);
        response.putHeader("Content-Type", type).putHeader("Content-Length", String.valueOf(content.length()));
        // Vert.x would send the content to a HEAD, too.
        if (request.request().method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(content);
        }
    }
}
