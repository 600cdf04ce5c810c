package io.quarkiverse.procdaemon.runtime.wiring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.procdaemon.DaemonException;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.SubsystemBuilder;
import io.quarkiverse.procdaemon.SubsystemListener;
import io.quarkiverse.procdaemon.runtime.config.DaemonConfig;
import io.quarkiverse.procdaemon.runtime.config.StartCheck;
import io.quarkiverse.procdaemon.runtime.engine.DaemonService;
import io.quarkiverse.procdaemon.runtime.engine.Engine;
import io.quarkiverse.procdaemon.runtime.engine.EngineOptions;
import io.quarkiverse.procdaemon.runtime.engine.events.EventLog;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.loop.SystemThreads;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.InFlightWork;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.LoneTimer;
import io.quarkiverse.procdaemon.runtime.process.PidFile;
import io.quarkiverse.procdaemon.runtime.reload.HotReload;
import io.quarkiverse.procdaemon.runtime.report.ReportFile;
import io.quarkiverse.procdaemon.runtime.resources.ResourceMonitor;
import io.quarkiverse.procdaemon.runtime.signal.SignalHandlers;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import io.quarkus.arc.ClientProxy;
import io.quarkus.arc.InjectableBean;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.ShutdownContext;
import io.quarkus.runtime.annotations.Recorder;
import io.smallrye.config.SmallRyeConfig;

/** The steps that the build records: from definitions and configuration to an engine. */
@Recorder
public class DaemonRecorder {

    private final RuntimeValue<DaemonConfig> config;

    /** @param config the configuration; available at run time only */
    public DaemonRecorder(RuntimeValue<DaemonConfig> config) {
        this.config = config;
    }

    /** At static initialization, so that a native executable makes the invokers and finds the mappings while it is built. */
    public RuntimeValue<RecordedDaemon> define(RecordedDaemon daemon) {
        return new RuntimeValue<>(daemon);
    }

    /**
     * Makes the engine, not yet started, and hands it to {@link StartAndStop}.
     *
     * @param supplied the code of the subsystems that are no beans, by their names
     * @param delayEnabled whether the application was built to heed {@code quarkus.shutdown.delay}
     * @return for the beans that users and adapters inject
     * @throws io.quarkiverse.procdaemon.InvalidConfigurationException with all that is wrong with the configuration
     */
    public RuntimeValue<Engine> assemble(RuntimeValue<RecordedDaemon> daemon,
            Map<String, RuntimeValue<? extends Consumer<SubsystemBuilder>>> supplied, String applicationName,
            ShutdownContext shutdown, boolean delayEnabled) {
        DaemonLifecycle lifecycle = assemble(config.getValue(), daemon.getValue(), supplied, applicationName, shutdown,
                delayEnabled);
        Arc.container().instance(StartAndStop.class).get().serve(lifecycle);
        return new RuntimeValue<>(lifecycle.engine());
    }

    private static DaemonLifecycle assemble(DaemonConfig config, RecordedDaemon daemon,
            Map<String, RuntimeValue<? extends Consumer<SubsystemBuilder>>> supplied, String applicationName,
            ShutdownContext shutdown, boolean delayEnabled) {
        List<SubsystemDefinition> definitions = daemon.subsystems();
        SmallRyeConfig read = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
        ArcContainer container = Arc.container();
        ReloadableEngine live = new ReloadableEngine(daemon, applicationName, all(container, StartCheck.class));
        new StartProblems(read, live).throwIfAny();
        live.starts(read);
        Map<String, List<String>> livePrefixes = new HashMap<>();
        for (SubsystemDefinition definition : definitions) {
            livePrefixes.put(definition.name(), definition.livePrefixes());
        }
        HotReload reload = new HotReload(read, config.reload(), daemon.mappings(), daemon.restartKeys(), livePrefixes, live);
        ConfiguredSettings settings = live.in(reload.current());
        LiveSettings source = new LiveSettings(live, () -> live.in(reload.current()));
        RequestContexts contexts = new RequestContexts(container.requestContext());
        StopBudgetWarnings.log(definitions, settings);
        UnusedKeys.warn(config.control(), daemon.hasControl());
        BuildTimeKeys.warn(read, daemon.built(), key -> true);
        SubsystemSpecs subsystems = new SubsystemSpecs(container, contexts, source, supplied);
        List<SubsystemSpec> specs = definitions.stream().filter(definition -> settings.enabled(definition.name()))
                .map(subsystems::of).toList();
        String name = config.name().orElse(applicationName);
        List<SubsystemListener> listeners = new ArrayList<>();
        listeners.add(new EventLog());
        CdiEvents events = new CdiEvents(container);
        boolean observed = events.areObserved();
        if (observed) {
            listeners.add(events);
        }
        // They are created before the engine, so none can depend on it.
        all(container, SubsystemListener.class).forEach(listener -> listeners.add(ClientProxy.unwrap(listener)));
        ApplicationWaits waits = ApplicationWaits.configured(delayEnabled);
        List<DaemonService> services = all(container, DaemonService.class);
        if (ServiceManager.isSystemd(config.systemd())) {
            ServiceManager.systemd(config.systemd(), () -> waits.budget(live.in(reload.current()).shutdown().kill()))
                    .ifPresent(systemd -> {
                        services.add(systemd);
                        listeners.add(systemd);
                    });
        }
        Optional<ShutdownReport> previous = Optional.empty();
        if (config.shutdown().reportFile().isPresent()) {
            ReportFile report = new ReportFile(config.shutdown().reportFile().get());
            listeners.add(report);
            previous = report.begin(name);
        }
        ResourceMonitor resources = new ResourceMonitor(() -> live.in(reload.current()).resources());
        services.add(resources);
        QuarkusProcess process = new QuarkusProcess();
        Engine engine = new Engine(new EngineOptions(name, settings.shutdown(),
                new Platform(Clock.SYSTEM, new SystemThreads(), LoneTimer::new).masking(reload.mask()),
                new SplittableRandom()::nextDouble, source,
                listeners,
                process,
                previous, reload::request,
                config.start().retry().orElse(LaunchMode.current() == LaunchMode.NORMAL), contexts,
                resources), specs);
        // Its thread starts while the application goes on.
        engine.loop().wake();
        live.engine(engine);
        live.afterReload(resources::configurationChanged);
        engine.shutdownCoordinator().allow(waits.total());
        GracePeriod.check(waits, settings.shutdown().kill());
        if (process.canHalt()) {
            SignalledDaemon signals = new SignalledDaemon(engine, container, reload::request, events.areSignalsObserved());
            services.add(signals);
            SignalHandlers.install(config.signals(), config.shutdown().signalExitCode(), signals);
        }
        List<InFlightWork> traffic = all(container, InFlightWork.class);
        engine.draining().count(traffic);
        // A reference to its constructor would load the class, also without a file.
        config.pidFile().filter(path -> LaunchMode.current() != LaunchMode.TEST)
                .ifPresent(path -> services.add(new PidFile(path)));
        begin(services, engine);
        return new DaemonLifecycle(engine, reload, process, subsystems.beans(), shutdown,
                HttpOrder.of(config.shutdown().beforeHttp(), waits.timeout(), config.shutdown().gracefulTimeout(),
                        traffic),
                observed, services);
    }

    /** If one of them does not allow the start, those before it end. */
    private static void begin(List<DaemonService> services, Engine engine) {
        List<DaemonService> begun = new ArrayList<>();
        try {
            for (DaemonService service : services) {
                service.begin(engine);
                begun.add(service);
            }
        } catch (DaemonException obstacle) {
            engine.loop().close();
            begun.forEach(DaemonService::end);
            throw StartFailure.refused(obstacle);
        }
    }

    /** Also those that an injection point would not get because one of them is an alternative to something else. */
    static <T> List<T> all(ArcContainer container, Class<T> type) {
        List<T> beans = new ArrayList<>();
        for (Bean<?> bean : container.beanManager().getBeans(type, Any.Literal.INSTANCE)) {
            beans.add(type.cast(container.instance((InjectableBean<?>) bean).get()));
        }
        return beans;
    }
}
