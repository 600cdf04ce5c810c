package io.quarkiverse.procdaemon.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkiverse.procdaemon.bench.augmentation.GeneratedBeans;

/**
 * The older version that the current one is compared with. System properties: {@code baseline}, its runtime as a jar or a
 * directory of classes, or a checkout in which it has been built; {@code baseline.app}, the module of the application with it,
 * if that is not in the checkout; {@code baseline.adapter}, the source of its {@code EngineUnderTest}.
 */
public final class Baseline {

    private static final String ADAPTER = Path.of("bench", "src", "baseline", "EngineUnderTest.java").toString();

    private final Path given;

    private Baseline(Path given) {
        this.given = given;
        if (!Files.exists(given)) {
            throw new IllegalArgumentException("-Dbaseline=" + given + " does not exist");
        }
    }

    /** That of this run. */
    static Optional<Baseline> optional() {
        return Optional.ofNullable(System.getProperty("baseline")).map(path -> new Baseline(Path.of(path).toAbsolutePath()));
    }

    /** The same where there must be one. */
    public static Baseline given() {
        return optional().orElseThrow(() -> new IllegalStateException("there is nothing before; say -Dbaseline=PATH"));
    }

    /** The module of the application with this version. */
    public Path application() {
        return Path.of(System.getProperty("baseline.app", given.resolve(Path.of("bench", "apps", "with")).toString()))
                .toAbsolutePath();
    }

    boolean hasApplication() {
        return Files.isDirectory(application().resolve("target"));
    }

    /** That of this JVM with the older runtime in the place of the current one, and its adapter, compiled, before all. */
    String classPath() throws IOException {
        Path adapter = Files.createTempDirectory("bench-baseline");
        String path = runtime() + File.pathSeparator
                + Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("quarkus-proc-daemon"))
                        .collect(Collectors.joining(File.pathSeparator));
        GeneratedBeans.compile(List.of(Path.of(System.getProperty("baseline.adapter", ADAPTER))), path, adapter);
        return adapter + File.pathSeparator + path;
    }

    private Path runtime() {
        Path classes = given.resolve(Path.of("runtime", "target", "classes"));
        return Files.isDirectory(classes) ? classes : given;
    }
}
