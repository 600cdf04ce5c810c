package io.quarkiverse.procdaemon.extension;

import java.util.function.Consumer;

import io.quarkiverse.procdaemon.SubsystemBuilder;
import io.quarkus.arc.Arc;

/** Code that the extension contributes through its recorder. */
record Cache(String region) implements Consumer<SubsystemBuilder> {

    @Override
    public void accept(SubsystemBuilder subsystem) {
        subsystem.onStart(context -> trace().start(context))
                .healthy(() -> region.equals("eu"))
                .onStop(context -> trace().stop(context));
    }

    private static Trace trace() {
        return Arc.container().instance(Trace.class).get();
    }
}
