package io.quarkiverse.procdaemon.deployment.optional;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Outgoing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.quarkiverse.procdaemon.ConfigChange;
import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.Healthy;
import io.quarkiverse.procdaemon.LiveConfig;
import io.quarkiverse.procdaemon.OnReload;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkus.grpc.GrpcService;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.mutiny.Multi;
import io.vertx.ext.web.Router;

/** A subsystem that is in every application, and small classes that each use one part. */
final class PartsApplication {

    private PartsApplication() {
    }

    /** Of its own, since a class brings all that are nested in it along. */
    static final class Trace {

        private Trace() {
        }

        static void trace(String text) {
            System.out.println("trace: " + text);
        }
    }

    @ConfigMapping(prefix = "worker")
    interface Settings {

        @WithDefault("defaults")
        String text();

        @WithDefault("defaults")
        String more();
    }

    @Subsystem
    static class Worker {

        @Inject
        LiveConfig<Settings> settings;

        @OnStart
        void open() {
            Trace.trace("worker starts");
        }

        @Run
        void work(ShutdownHandle shutdown) throws InterruptedException {
            Trace.trace("text of " + settings.get().text());
            Trace.trace("text of " + settings.get().more());
            shutdown.await();
        }

        @Healthy
        boolean isWell() {
            return true;
        }

        @OnReload
        void reload(ConfigChange change) {
            Trace.trace("worker is asked");
        }

        @OnStop
        void close() {
            Trace.trace("worker stops");
        }

        void observe(@Observes SubsystemEvent.Started event) {
            Trace.trace(event.subsystem() + " is RUNNING");
        }
    }

    @Singleton
    static class Routes {

        @Inject
        Daemon daemon;

        void routes(@Observes Router router) {
            router.route("/worker")
                    .handler(context -> context.end(daemon.subsystem("worker").orElseThrow().state().toString()));
        }
    }

    @Subsystem(dependsOn = Worker.class)
    static class Ticker {

        @Scheduled(every = "1s")
        void tick() {
            Trace.trace("ticked");
        }
    }

    @Subsystem(dependsOn = Worker.class)
    static class Reader {

        @Outgoing("numbers")
        Multi<Integer> numbers() {
            return Multi.createFrom().items(1, 2, 3);
        }

        @Incoming("numbers")
        void read(int number) {
            Trace.trace("read " + number);
        }
    }

    @GrpcService
    static class Service implements BindableService {

        @Override
        public ServerServiceDefinition bindService() {
            return ServerServiceDefinition.builder("acme.Nothing").build();
        }
    }

    @Singleton
    static class Json {

        @Inject
        ObjectMapper mapper;

        void observe(@Observes SubsystemEvent.Started event) throws JsonProcessingException {
            Trace.trace(mapper.writeValueAsString(SubsystemState.RUNNING));
        }
    }
}
