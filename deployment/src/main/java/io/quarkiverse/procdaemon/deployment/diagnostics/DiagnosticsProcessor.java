package io.quarkiverse.procdaemon.deployment.diagnostics;

import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.jandex.ClassType;

import io.quarkiverse.procdaemon.Diagnostics;
import io.quarkiverse.procdaemon.runtime.config.DaemonBuildTimeConfig;
import io.quarkiverse.procdaemon.runtime.diagnostics.DiagnosticsCreator;
import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;
import io.quarkus.arc.BeanDestroyer;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.pkg.NativeConfig;
import io.quarkus.deployment.pkg.NativeConfig.MonitoringOption;

class DiagnosticsProcessor {

    /** What a user may give the builder of native executables directly. */
    private static final String MONITORING = "--enable-monitoring";

    @BuildStep
    FlightRecorderBuildItem flightRecorder(DaemonBuildTimeConfig config, NativeConfig executable) {
        return new FlightRecorderBuildItem(whyNoRecordings(config.jfr().enabled(), executable.enabled(),
                executable.monitoring(), executable.additionalBuildArgs()));
    }

    // No recorder, which the start would load.
    @BuildStep
    SyntheticBeanBuildItem diagnostics(FlightRecorderBuildItem flightRecorder) {
        SyntheticBeanBuildItem.ExtendedBeanConfigurator bean = SyntheticBeanBuildItem.configure(Diagnostics.class)
                .scope(ApplicationScoped.class).unremovable().addInjectionPoint(ClassType.create(DaemonInternals.class))
                .destroyer(BeanDestroyer.AutoCloseableDestroyer.class);
        Optional<String> why = flightRecorder.whyNot();
        return (why.isEmpty() ? bean.creator(DiagnosticsCreator.class)
                : bean.creator(DiagnosticsCreator.WithoutRecordings.class)
                        .param(DiagnosticsCreator.WithoutRecordings.WHY, why.get()))
                .done();
    }

    /** Empty if the application can record, as far as the build decides that. */
    static Optional<String> whyNoRecordings(boolean enabled, boolean isNative, Optional<List<MonitoringOption>> monitoring,
            Optional<List<String>> arguments) {
        if (!enabled) {
            return Optional.of("This application cannot record: it was built with quarkus.proc-daemon.jfr.enabled=false");
        }
        boolean monitored = monitoring.stream().flatMap(List::stream)
                .anyMatch(option -> option == MonitoringOption.JFR || option == MonitoringOption.ALL)
                || arguments.stream().flatMap(List::stream).anyMatch(argument -> argument.startsWith(MONITORING));
        return isNative && !monitored
                ? Optional.of("This native executable cannot record; build it with quarkus.native.monitoring=jfr")
                : Optional.empty();
    }
}
