package io.quarkiverse.procdaemon.deployment.intake;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.Work;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduler;

/** An application with all kinds of schedules. */
final class Schedules {

    private Schedules() {
    }

    @Subsystem(restart = RestartPolicy.NEVER)
    static class Store {

        @Inject
        Ticks ticks;

        @OnStart
        void open() throws InterruptedException {
            ticks.look("start");
        }

        @OnStop
        void close() throws InterruptedException {
            ticks.close("store");
            ticks.look("shutdown");
            ticks.print();
        }
    }

    @Singleton
    static class Own {

        @Inject
        Scheduler scheduler;

        @Inject
        Ticks ticks;

        @Scheduled(every = "1s")
        void tick() {
            ticks.tick("@Scheduled of another bean");
        }

        void schedule(@Observes StartupEvent event) {
            scheduler.newJob("own").setInterval("1s").setTask(execution -> ticks.tick("job of another bean")).schedule();
        }
    }

    @Subsystem(dependsOn = Store.class)
    static class Compaction {

        @Inject
        Ticks ticks;

        private volatile SubsystemContext run;

        @OnStart
        void start(SubsystemContext context) {
            run = context;
        }

        @Scheduled(every = "1s")
        void compact() {
            ticks.tick("@Scheduled of a subsystem", run);
        }

        @OnStop
        void stop(SubsystemContext context) {
            ticks.close(context.name());
        }
    }

    @Subsystem(dependsOn = Store.class)
    static class Job {

        @Inject
        Scheduler scheduler;

        @Inject
        Ticks ticks;

        @OnStart
        void schedule(SubsystemContext context) {
            scheduler.newJob("report").setInterval("1s").setTask(execution -> {
                try (Work work = context.begin()) {
                    ticks.tick("job of a subsystem", context);
                }
            }).schedule();
            context.onShutdown(() -> scheduler.unscheduleJob("report"));
        }

        @OnStop
        void stop(SubsystemContext context) {
            ticks.close(context.name());
        }
    }

    @Subsystem(restart = RestartPolicy.NEVER, dependsOn = { Compaction.class, Job.class })
    static class Driver {

        @Inject
        Daemon daemon;

        @Inject
        Ticks ticks;

        @Run
        void drive() throws InterruptedException {
            ticks.look("run");
            ticks.hold(4);
            daemon.shutdown();
        }
    }
}
