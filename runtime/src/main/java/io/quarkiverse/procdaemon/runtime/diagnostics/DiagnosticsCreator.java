package io.quarkiverse.procdaemon.runtime.diagnostics;

import java.util.function.Function;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.procdaemon.Diagnostics;
import io.quarkiverse.procdaemon.runtime.config.DaemonConfig;
import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;
import io.quarkus.arc.BeanCreator;
import io.quarkus.arc.SyntheticCreationalContext;
import io.smallrye.config.SmallRyeConfig;

/** Makes the bean when it is first called. */
public final class DiagnosticsCreator implements BeanCreator<Diagnostics> {

    @Override
    public Diagnostics create(SyntheticCreationalContext<Diagnostics> context) {
        return create(context, directory -> new Recordings(directory));
    }

    private static Diagnostics create(SyntheticCreationalContext<Diagnostics> context,
            Function<DumpDirectory, Recorder> recorders) {
        DaemonInternals daemon = context.getInjectedReference(DaemonInternals.class);
        DaemonConfig config = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class).getConfigMapping(DaemonConfig.class);
        DumpDirectory directory = new DumpDirectory(Place.of(config.dump().directory(), System::getenv,
                System.getProperty("java.io.tmpdir"), System.getProperty("user.name", "")), new Ownership(), daemon.name());
        return new DiagnosticFiles(daemon, directory, () -> recorders.apply(directory));
    }

    /** The same, but recordings are refused. The Flight Recorder is then no part of a native executable. */
    public static final class WithoutRecordings implements BeanCreator<Diagnostics> {

        /** The parameter that says why. */
        public static final String WHY = "why";

        @Override
        public Diagnostics create(SyntheticCreationalContext<Diagnostics> context) {
            String why = (String) context.getParams().get(WHY);
            return DiagnosticsCreator.create(context, directory -> new Recorder.Refusal(why));
        }
    }
}
