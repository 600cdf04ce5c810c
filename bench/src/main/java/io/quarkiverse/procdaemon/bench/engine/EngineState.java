package io.quarkiverse.procdaemon.bench.engine;

import java.net.URL;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Which engine a benchmark measures: the launcher sets the class path, this checks it. */
@State(Scope.Benchmark)
public abstract class EngineState {

    /** The older engine of {@code -Dbaseline}. */
    public static final String BEFORE = "before";
    /** The engine as it is. */
    public static final String NOW = "now";

    /** What is measured. */
    @Param(NOW)
    public String subject;

    /** Fails unless the engine on the class path is the one to be measured. */
    @Setup(Level.Trial)
    public final void checkEngine() {
        check(subject);
    }

    /** The same for a subject that is known otherwise; those that are no engines pass. */
    public static void check(String subject) {
        // An older one is compiled into a directory of its own.
        boolean older = !location(EngineUnderTest.class).equals(location(EngineState.class));
        if (subject.equals(older ? NOW : BEFORE)) {
            throw new IllegalStateException("the class path has another engine than '" + subject
                    + "'; run io.quarkiverse.procdaemon.bench.Bench with -Dbaseline=PATH to compare two");
        }
    }

    private static URL location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
