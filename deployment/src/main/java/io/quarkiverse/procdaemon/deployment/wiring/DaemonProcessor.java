package io.quarkiverse.procdaemon.deployment.wiring;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Singleton;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.SubsystemBuilder;
import io.quarkiverse.procdaemon.SubsystemListener;
import io.quarkiverse.procdaemon.deployment.SubsystemBuildItem;
import io.quarkiverse.procdaemon.deployment.messaging.ChannelsBuildItem;
import io.quarkiverse.procdaemon.deployment.reload.ConfigReadersBuildItem;
import io.quarkiverse.procdaemon.deployment.validation.ValidatedSubsystemsBuildItem;
import io.quarkiverse.procdaemon.runtime.config.DaemonBuildTimeConfig;
import io.quarkiverse.procdaemon.runtime.config.StartCheck;
import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;
import io.quarkiverse.procdaemon.runtime.engine.DaemonService;
import io.quarkiverse.procdaemon.runtime.engine.Engine;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.InFlightWork;
import io.quarkiverse.procdaemon.runtime.rules.ReadableValues;
import io.quarkiverse.procdaemon.runtime.signal.HeldSignals;
import io.quarkiverse.procdaemon.runtime.wiring.DaemonRecorder;
import io.quarkiverse.procdaemon.runtime.wiring.DaemonShutdownListener;
import io.quarkiverse.procdaemon.runtime.wiring.RecordedDaemon;
import io.quarkiverse.procdaemon.runtime.wiring.RunMethodDecorator;
import io.quarkiverse.procdaemon.runtime.wiring.StartAndStop;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.deployment.InvokerFactoryBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.deployment.UnremovableBeanBuildItem;
import io.quarkus.deployment.IsProduction;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.ApplicationInfoBuildItem;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.deployment.builditem.RunTimeConfigBuilderBuildItem;
import io.quarkus.deployment.builditem.ShutdownContextBuildItem;
import io.quarkus.deployment.builditem.ShutdownListenerBuildItem;
import io.quarkus.deployment.builditem.StaticInitConfigBuilderBuildItem;
import io.quarkus.deployment.recording.RecorderContext;
import io.quarkus.deployment.shutdown.ShutdownBuildTimeConfig;
import io.quarkus.runtime.RuntimeValue;

class DaemonProcessor {

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem("proc-daemon");
    }

    @BuildStep
    RunTimeConfigBuilderBuildItem readableValues() {
        return new RunTimeConfigBuilderBuildItem(ReadableValues.class);
    }

    @BuildStep
    @Record(ExecutionTime.STATIC_INIT)
    DefinitionsBuildItem define(DaemonRecorder recorder, RecorderContext context, ValidatedSubsystemsBuildItem validated,
            BeanDiscoveryFinishedBuildItem beans, InvokerFactoryBuildItem invokers, ConfigReadersBuildItem readers,
            ChannelsBuildItem channels, DaemonBuildTimeConfig config, BuildProducer<SyntheticBeanBuildItem> recorded) {
        DefinitionRecording recording = new DefinitionRecording(validated,
                beans.beanStream().classBeans().stream(),
                invokers, context, readers);
        RuntimeValue<RecordedDaemon> daemon = recorder.define(new RecordedDaemon(
                Stream.concat(validated.subsystems().stream().map(recording::define),
                        validated.supplied().stream().map(recording::define)).toList(),
                readers.mappings(), readers.restartKeys(),
                channels.channels(), BuiltKeys.of(config)));
        // For the start that ends before anything else of the run is recorded.
        recorded.produce(SyntheticBeanBuildItem.configure(RecordedDaemon.class).scope(Singleton.class).unremovable()
                .runtimeValue(daemon).done());
        return new DefinitionsBuildItem(daemon);
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    List<SyntheticBeanBuildItem> assemble(DaemonRecorder recorder, DefinitionsBuildItem definitions,
            List<SubsystemBuildItem> contributions, ApplicationInfoBuildItem application, ShutdownContextBuildItem shutdown,
            ShutdownBuildTimeConfig delays) {
        Map<String, RuntimeValue<? extends Consumer<SubsystemBuilder>>> supplied = new TreeMap<>();
        contributions.forEach(contribution -> contribution.getCode()
                .ifPresent(code -> supplied.put(contribution.getName(), code)));
        RuntimeValue<Engine> engine = recorder.assemble(definitions.daemon(), supplied, application.getName(), shutdown,
                delays.delayEnabled());
        return List.of(
                SyntheticBeanBuildItem.configure(Daemon.class).scope(ApplicationScoped.class).unremovable().setRuntimeInit()
                        .runtimeValue(engine).done(),
                SyntheticBeanBuildItem.configure(DaemonInternals.class).scope(Singleton.class).unremovable().setRuntimeInit()
                        .runtimeValue(engine).done());
    }

    // Nothing injects them: they are looked up when the engine is assembled.
    @BuildStep
    UnremovableBeanBuildItem listeners() {
        return UnremovableBeanBuildItem.beanTypes(SubsystemListener.class, InFlightWork.class, DaemonService.class,
                StartCheck.class);
    }

    @BuildStep
    AdditionalBeanBuildItem startAndStop() {
        return AdditionalBeanBuildItem.unremovableOf(StartAndStop.class);
    }

    /** Earlier than any recorder. Dev mode and tests leave signals alone. */
    @BuildStep(onlyIf = IsProduction.class)
    void holdSignals(BuildProducer<StaticInitConfigBuilderBuildItem> atStaticInit,
            BuildProducer<RunTimeConfigBuilderBuildItem> atRunTime) {
        atStaticInit.produce(new StaticInitConfigBuilderBuildItem(HeldSignals.class));
        atRunTime.produce(new RunTimeConfigBuilderBuildItem(HeldSignals.class));
    }

    @BuildStep
    AdditionalBeanBuildItem runMethod() {
        return AdditionalBeanBuildItem.unremovableOf(RunMethodDecorator.class);
    }

    @BuildStep
    ShutdownListenerBuildItem shutdown() {
        return new ShutdownListenerBuildItem(new DaemonShutdownListener());
    }
}
