package io.quarkiverse.procdaemon.bench.augmentation;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import io.quarkiverse.procdaemon.bench.Baseline;
import io.quarkus.bootstrap.app.AugmentAction;
import io.quarkus.bootstrap.app.CuratedApplication;

/**
 * How long the build of an application takes in a JVM that has built none before, once its dependencies have been resolved: n
 * {@code plain} beans, or as many that are subsystems.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class AugmentationBenchmark {

    /** What is built. */
    @Param({ "plain", "now" })
    public String subject;

    /** How many beans. */
    @Param({ "1", "10", "1000" })
    public int n;

    private Path directory;
    private CuratedApplication application;
    private AugmentAction augmentor;

    /** Makes the beans, and resolves what they depend on. */
    @Setup
    public void prepare() throws Exception {
        GeneratedBeans kind = subject.equals("plain") ? GeneratedBeans.PLAIN : GeneratedBeans.SUBSYSTEM;
        directory = kind.compile(n);
        Path project = subject.equals("before") ? Baseline.given().application() : Augmentation.PROJECT;
        application = Augmentation.prepare(project, directory);
        augmentor = application.createAugmentor();
    }

    /** Deletes all that was made. */
    @TearDown
    public void delete() throws Exception {
        application.close();
        GeneratedBeans.delete(directory);
    }

    /** From the classes to the application. */
    @Benchmark
    public Object augment() {
        return augmentor.createProductionApplication();
    }
}
