package io.quarkiverse.procdaemon.deployment.wiring;

import io.quarkiverse.procdaemon.runtime.wiring.InstanceLockRecorder;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.LogHandlerBuildItem;
import io.quarkus.deployment.builditem.ShutdownContextBuildItem;

/** Has the instance lock taken before the log is set up, and so before everything that waits for that, which is nearly all. */
class InstanceLockProcessor {

    /**
     * Recorders run in the order of their steps.
     *
     * @param first produces nothing: the step that sets up the log waits for steps that could
     */
    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void take(InstanceLockRecorder recorder, ShutdownContextBuildItem shutdown, BuildProducer<LogHandlerBuildItem> first) {
        recorder.take(shutdown);
    }
}
