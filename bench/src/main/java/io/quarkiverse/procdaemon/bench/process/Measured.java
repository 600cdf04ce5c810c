package io.quarkiverse.procdaemon.bench.process;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One process, from its start to its end. */
@AuxCounters(AuxCounters.Type.EVENTS)
@State(Scope.Thread)
public class Measured {

    /** Until it was ready. */
    public double startMs;
    /** Resident, before its end. */
    public double memoryMiB;
    /** Loaded by then, those of lambdas included; 0 of an executable. */
    public double classes;
    /** Of the JVM and of the application, platform threads only. */
    public double threads;
    /** From SIGTERM until it had exited. */
    public double stopMs;
}
