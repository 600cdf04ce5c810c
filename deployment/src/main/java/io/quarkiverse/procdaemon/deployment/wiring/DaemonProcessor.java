package io.quarkiverse.procdaemon.deployment.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Singleton;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.deployment.reload.LiveMappingsBuildItem;
import io.quarkiverse.procdaemon.deployment.reload.RestartKeysBuildItem;
import io.quarkiverse.procdaemon.deployment.validation.ValidatedSubsystemsBuildItem;
import io.quarkiverse.procdaemon.runtime.engine.Engine;
import io.quarkiverse.procdaemon.runtime.engine.events.SubsystemListener;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.InFlightWork;
import io.quarkiverse.procdaemon.runtime.rules.ReadableValuesBuilder;
import io.quarkiverse.procdaemon.runtime.wiring.DaemonLifecycle;
import io.quarkiverse.procdaemon.runtime.wiring.DaemonRecorder;
import io.quarkiverse.procdaemon.runtime.wiring.DaemonShutdownListener;
import io.quarkiverse.procdaemon.runtime.wiring.HoldSignals;
import io.quarkiverse.procdaemon.runtime.wiring.ReloadFacts;
import io.quarkiverse.procdaemon.runtime.wiring.RunWatch;
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

class DaemonProcessor {

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem("proc-daemon");
    }

    @BuildStep
    RunTimeConfigBuilderBuildItem readableValues() {
        return new RunTimeConfigBuilderBuildItem(ReadableValuesBuilder.class);
    }

    @BuildStep
    @Record(ExecutionTime.STATIC_INIT)
    DefinitionsBuildItem define(DaemonRecorder recorder, RecorderContext context, ValidatedSubsystemsBuildItem validated,
            BeanDiscoveryFinishedBuildItem beans, InvokerFactoryBuildItem invokers, LiveMappingsBuildItem live,
            RestartKeysBuildItem restart) {
        DefinitionRecording recording = new DefinitionRecording(validated,
                beans.beanStream().classBeans().stream(),
                invokers, context, live);
        return new DefinitionsBuildItem(recorder.define(validated.subsystems().stream().map(recording::define).toList()),
                recorder.facts(new ReloadFacts(live.mappings(), restart.keys())));
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    LifecycleBuildItem assemble(DaemonRecorder recorder, DefinitionsBuildItem definitions, ApplicationInfoBuildItem application,
            ShutdownContextBuildItem shutdown, ShutdownBuildTimeConfig delays) {
        return new LifecycleBuildItem(
                recorder.assemble(definitions.definitions(), definitions.reloads(),
                        application.getName(), shutdown, delays.delayEnabled()));
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void beans(DaemonRecorder recorder, LifecycleBuildItem item, BuildProducer<SyntheticBeanBuildItem> beans) {
        beans.produce(SyntheticBeanBuildItem.configure(DaemonLifecycle.class).scope(Singleton.class).unremovable()
                .setRuntimeInit().runtimeValue(item.lifecycle()).done());
        beans.produce(SyntheticBeanBuildItem.configure(Engine.class).scope(Singleton.class).unremovable()
                .setRuntimeInit().supplier(recorder.engine(item.lifecycle())).done());
        beans.produce(SyntheticBeanBuildItem.configure(Daemon.class).scope(ApplicationScoped.class).unremovable()
                .setRuntimeInit().supplier(recorder.daemon(item.lifecycle())).done());
    }

    // Nothing injects them: they are looked up when the engine is assembled.
    @BuildStep
    UnremovableBeanBuildItem listeners() {
        return UnremovableBeanBuildItem.beanTypes(SubsystemListener.class, InFlightWork.class);
    }

    @BuildStep
    AdditionalBeanBuildItem startAndStop() {
        return AdditionalBeanBuildItem.unremovableOf(StartAndStop.class);
    }

    /** Earlier than any recorder. Dev mode and tests leave signals alone. */
    @BuildStep(onlyIf = IsProduction.class)
    void holdSignals(BuildProducer<StaticInitConfigBuilderBuildItem> atStaticInit,
            BuildProducer<RunTimeConfigBuilderBuildItem> atRunTime) {
        atStaticInit.produce(new StaticInitConfigBuilderBuildItem(HoldSignals.class));
        atRunTime.produce(new RunTimeConfigBuilderBuildItem(HoldSignals.class));
    }

    @BuildStep
    AdditionalBeanBuildItem runWatch() {
        return AdditionalBeanBuildItem.unremovableOf(RunWatch.class);
    }

    @BuildStep
    ShutdownListenerBuildItem shutdown() {
        return new ShutdownListenerBuildItem(new DaemonShutdownListener());
    }
}
