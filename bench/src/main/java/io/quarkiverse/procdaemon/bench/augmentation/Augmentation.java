package io.quarkiverse.procdaemon.bench.augmentation;

import java.nio.file.Path;
import java.util.List;

import io.quarkiverse.procdaemon.bench.run.Rows;
import io.quarkus.bootstrap.app.AugmentAction;
import io.quarkus.bootstrap.app.CuratedApplication;
import io.quarkus.bootstrap.app.QuarkusBootstrap;

/** Builds one application as the Maven plugin does, in a JVM that has built none before. */
public final class Augmentation {

    /** @param milliseconds from the classes to the application, once the dependencies have been resolved */
    record Took(double milliseconds) {
    }

    private Augmentation() {
    }

    /**
     * System properties: {@code classes}, those of the application; {@code project}, where its pom is; {@code into}, where to
     * write it to.
     */
    public static void main(String[] args) throws Exception {
        QuarkusBootstrap bootstrap = QuarkusBootstrap.builder().setApplicationRoot(Path.of(System.getProperty("classes")))
                .setProjectRoot(Path.of(System.getProperty("project"))).setTargetDirectory(Path.of(System.getProperty("into")))
                .setMode(QuarkusBootstrap.Mode.PROD).setLocalProjectDiscovery(true).setIsolateDeployment(true).setOffline(true)
                .setBaseClassLoader(Augmentation.class.getClassLoader()).build();
        try (CuratedApplication application = bootstrap.bootstrap()) {
            AugmentAction augmentor = application.createAugmentor();
            long began = System.nanoTime();
            augmentor.createProductionApplication();
            Rows.hand(List.of(new Took((System.nanoTime() - began) / 1e6)));
        }
    }
}
