package io.quarkiverse.procdaemon.collector.hooks;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.DaemonException;
import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * HTTP access to the daemon and to the faults for tests; responds when a request has been carried out, or with 409 and the
 * reason.
 */
@Singleton
class HookRoutes {

    private static final Logger LOG = Logger.getLogger(HookRoutes.class);

    private static final String FAULT = "/test-hooks/faults/:method";
    private static final String SUBSYSTEMS = "/test-hooks/subsystems";
    private static final String SUBSYSTEM = SUBSYSTEMS + "/:name";

    @Inject
    HookConfig config;

    @Inject
    ArmedFaults faults;

    @Inject
    Mishaps mishaps;

    @Inject
    Daemon daemon;

    void offer(@Observes Router router) {
        if (config.enabled()) {
            router.put(FAULT).handler(this::arm);
            router.delete(FAULT).handler(this::disarm);
            router.get(SUBSYSTEMS).handler(this::list);
            router.put(SUBSYSTEM).handler(request -> command(request, name -> register(request, name)));
            router.delete(SUBSYSTEM).handler(request -> command(request, daemon::unregister));
            router.post(SUBSYSTEM + "/start").handler(request -> command(request, daemon::start));
            router.post(SUBSYSTEM + "/stop").handler(request -> command(request, daemon::stop));
            router.post(SUBSYSTEM + "/restart").handler(request -> command(request, daemon::restart));
        }
    }

    private void arm(RoutingContext request) {
        faults.arm(request.pathParam("method"), Fault.valueOf(request.request().getParam("fault")),
                Boolean.parseBoolean(request.request().getParam("once")));
        request.end();
    }

    private void disarm(RoutingContext request) {
        faults.disarm(request.pathParam("method"));
        request.end();
    }

    private void list(RoutingContext request) {
        JsonArray all = new JsonArray();
        daemon.subsystems().forEach(subsystem -> all.add(json(subsystem)));
        request.json(all);
    }

    private static String text(Failure failure) {
        return failure.type().substring(failure.type().lastIndexOf('.') + 1) + ": " + failure.message();
    }

    private static JsonObject json(SubsystemInfo subsystem) {
        return new JsonObject().put("name", subsystem.name())
                .put("state", subsystem.state().name())
                .put("generation", subsystem.generation())
                .put("restarts", subsystem.restarts())
                .put("failures", subsystem.failures())
                .put("lastFailure", subsystem.lastFailure().map(HookRoutes::text).orElse(null))
                .put("waitingFor", new JsonArray(subsystem.waitingFor()))
                .put("reason", subsystem.reason().orElse(null));
    }

    /**
     * Registers a subsystem that logs that it works, and runs until it is asked to stop. It can be made to fail under its name
     * with the suffix {@code -start}, {@code -run} or {@code -stop}. With {@code wait=false} the response comes before it has
     * started.
     */
    private CompletionStage<Void> register(RoutingContext request, String name) {
        CompletionStage<Void> registered = daemon.newSubsystem(name)
                .dependsOn(request.queryParam("depends-on").toArray(String[]::new))
                .onStart(() -> {
                    mishaps.meet(name + "-start");
                    LOG.infof("%s opens", name);
                })
                .run(this::work)
                .onStop(() -> {
                    mishaps.meet(name + "-stop");
                    LOG.infof("%s closes", name);
                })
                .register();
        return request.queryParam("wait").contains("false") ? CompletableFuture.completedStage(null) : registered;
    }

    private void work(SubsystemContext context) throws Exception {
        mishaps.meet(context.name() + "-run");
        LOG.infof("%s works in run %d", context.name(), context.generation());
        context.await();
        LOG.infof("%s was asked to stop: %s", context.name(), context.reason().orElseThrow());
    }

    private static void command(RoutingContext request, Function<String, CompletionStage<Void>> command) {
        try {
            command.apply(request.pathParam("name")).whenComplete((done, refusal) -> answer(request, refusal));
        } catch (DaemonException refusal) {
            answer(request, refusal);
        }
    }

    private static void answer(RoutingContext request, Throwable refusal) {
        if (refusal == null) {
            request.end();
        } else {
            Throwable cause = refusal instanceof CompletionException ? refusal.getCause() : refusal;
            request.response().setStatusCode(409).end(cause.getMessage());
        }
    }
}
