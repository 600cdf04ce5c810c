package io.quarkiverse.procdaemon.bench.augmentation;

import java.nio.file.Path;

import io.quarkus.bootstrap.app.CuratedApplication;
import io.quarkus.bootstrap.app.QuarkusBootstrap;

/** Builds an application as the Maven plugin does. */
public final class Augmentation {

    /** The application whose dependencies those have that are built here. */
    public static final Path PROJECT = Path.of("bench", "apps", "with");

    private Augmentation() {
    }

    /**
     * An application that is ready to be built.
     *
     * @param project where its pom is
     * @param directory with {@code classes}, its own; the application will be there, too
     */
    public static CuratedApplication prepare(Path project, Path directory) throws Exception {
        return QuarkusBootstrap.builder().setApplicationRoot(directory.resolve("classes"))
                .setProjectRoot(project.toAbsolutePath()).setTargetDirectory(directory).setMode(QuarkusBootstrap.Mode.PROD)
                .setLocalProjectDiscovery(true).setIsolateDeployment(true).setOffline(true)
                .setBaseClassLoader(Augmentation.class.getClassLoader()).build().bootstrap();
    }
}
