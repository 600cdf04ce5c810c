package io.quarkiverse.procdaemon.runtime.wiring;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.InvalidConfigurationException;
import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkiverse.procdaemon.runtime.config.DaemonConfig;
import io.quarkiverse.procdaemon.runtime.engine.Engine;
import io.quarkiverse.procdaemon.runtime.engine.EngineOptions;
import io.quarkiverse.procdaemon.runtime.engine.events.EventLog;
import io.quarkiverse.procdaemon.runtime.engine.events.SubsystemListener;
import io.quarkiverse.procdaemon.runtime.engine.graph.SettingsSource;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.loop.SystemThreads;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.InFlightWork;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.Jitter;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.reload.FileProblems;
import io.quarkiverse.procdaemon.runtime.reload.HotReload;
import io.quarkiverse.procdaemon.runtime.reload.Origin;
import io.quarkiverse.procdaemon.runtime.report.ReportFile;
import io.quarkiverse.procdaemon.runtime.signal.SignalHandlers;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownContext;
import io.smallrye.config.SmallRyeConfig;

/** Makes an engine of definitions and configuration. */
final class DaemonAssembly {

    private DaemonAssembly() {
    }

    static DaemonLifecycle assemble(DaemonConfig config, List<SubsystemDefinition> definitions, ReloadFacts facts,
            String applicationName, ShutdownContext shutdown, boolean delayEnabled) {
        SmallRyeConfig read = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
        LiveRules rules = new LiveRules(definitions);
        List<ConfigProblem> problems = new ArrayList<>(FileProblems.of(read));
        problems.addAll(rules.problems(read));
        if (!problems.isEmpty()) {
            UnaryOperator<String> mask = HotReload.maskOf(read, config.reload());
            throw StartFailure.of(new InvalidConfigurationException(ErrorCode.INVALID_CONFIGURATION,
                    "the configuration of the daemon",
                    problems.stream().map(problem -> mask.apply(Origin.locate(read, problem).toString())).toList()));
        }
        ArcContainer container = Arc.container();
        HotReload reload = new HotReload(read, config.reload(),
                facts.mappings(), facts.restartKeys(), definitions.stream().collect(
                        Collectors.toMap(SubsystemDefinition::name, SubsystemDefinition::livePrefixes)),
                rules);
        ConfiguredSettings settings = rules.in(reload.current());
        SettingsSource live = (subsystem, restart, critical) -> new SettingsInForce(() -> rules.in(reload.current()),
                subsystem, restart, critical);
        StopBudgetWarnings.log(definitions, settings);
        List<BeanReference> beans = new ArrayList<>();
        List<SubsystemSpec> specs = new ArrayList<>();
        for (SubsystemDefinition definition : definitions) {
            if (settings.enabled(definition.name())) {
                BeanReference bean = new BeanReference(container, definition.bean());
                beans.add(bean);
                specs.add(new SubsystemSpec(definition.name(), definition.dependsOn(), BeanBehavior.of(definition, bean),
                        live.of(definition.name(), definition.restart(), definition.critical())));
            }
        }
        String name = config.name().orElse(applicationName);
        List<SubsystemListener> listeners = listeners(container);
        Optional<ReportFile> reportFile = config.shutdown().reportFile().map(ReportFile::new);
        reportFile.ifPresent(listeners::add);
        QuarkusProcess process = new QuarkusProcess();
        Engine engine = new Engine(new EngineOptions(name, settings.shutdown(),
                new Platform(Clock.SYSTEM, new SystemThreads()).masking(reload.mask()), Jitter.random(), live,
                listeners,
                process,
                reportFile.flatMap(file -> file.begin(name)), () -> reload.request("Daemon.reload()"),
                config.start().retry().orElse(LaunchMode.current() == LaunchMode.NORMAL)), specs);
        rules.serve(engine);
        reload.serve(engine);
        ApplicationWaits waits = ApplicationWaits.configured(delayEnabled);
        engine.shutdownCoordinator().allow(waits.total());
        if (process.canHalt()) {
            SignalHandlers.install(config.signals(), config.shutdown().signalExitCode(), engine.shutdownCoordinator(),
                    reload::request);
        }
        return new DaemonLifecycle(engine, reload, process, beans, shutdown,
                HttpOrder.of(config.shutdown().beforeHttp(), waits.timeout(), config.shutdown().gracefulTimeout(),
                        container.listAll(InFlightWork.class).stream().map(InstanceHandle::get).toList()),
                listeners.stream().anyMatch(CdiEvents.class::isInstance));
    }

    /** Those that always listen, and those that adapters contribute as beans; made now, so none can be made of the engine. */
    private static List<SubsystemListener> listeners(ArcContainer container) {
        List<SubsystemListener> listeners = new ArrayList<>();
        listeners.add(new EventLog());
        CdiEvents events = new CdiEvents(container);
        if (events.areObserved()) {
            listeners.add(events);
        }
        container.listAll(SubsystemListener.class).forEach(bean -> listeners.add(bean.get()));
        return listeners;
    }
}
