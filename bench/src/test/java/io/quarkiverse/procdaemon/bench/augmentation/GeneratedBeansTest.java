package io.quarkiverse.procdaemon.bench.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;

import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.procdaemon.Subsystem;

@Timeout(60)
class GeneratedBeansTest {

    @TempDir
    Path sources;
    @TempDir
    Path classes;

    private Class<?> last(GeneratedBeans kind, int howMany) throws IOException, ReflectiveOperationException {
        kind.compile(howMany, sources, classes);
        assertThat(Files.list(classes.resolve("generated"))).hasSize(howMany);
        try (URLClassLoader loader = new URLClassLoader(new URL[] { classes.toUri().toURL() }, getClass().getClassLoader())) {
            return loader.loadClass("generated.Bean" + (howMany - 1));
        }
    }

    @Test
    void subsystemsHaveNamesOfTheirOwn() throws Exception {
        assertThat(last(GeneratedBeans.SUBSYSTEM, 3).getAnnotation(Subsystem.class).value()).isEqualTo("s2");
    }

    @Test
    void plainBeansAreBeansWithoutTheExtension() throws Exception {
        Class<?> bean = last(GeneratedBeans.PLAIN, 3);
        assertThat(bean).hasAnnotation(Singleton.class);
        assertThat(bean.getAnnotation(Subsystem.class)).isNull();
    }

    @Test
    void ofNoneThereIsNothing() throws Exception {
        GeneratedBeans.PLAIN.compile(0, sources, classes);
        assertThat(classes).isEmptyDirectory();
    }
}
