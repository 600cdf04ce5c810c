package io.quarkiverse.procdaemon.bench.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.procdaemon.Subsystem;

@Timeout(60)
class GeneratedBeansTest {

    private static Class<?> last(GeneratedBeans kind, int howMany) throws IOException, ReflectiveOperationException {
        Path directory = kind.compile(howMany);
        Path classes = directory.resolve("classes");
        try (URLClassLoader loader = new URLClassLoader(new URL[] { classes.toUri().toURL() },
                GeneratedBeansTest.class.getClassLoader())) {
            assertThat(classes.resolve("generated").toFile().list()).hasSize(howMany);
            return loader.loadClass("generated.Bean" + (howMany - 1));
        } finally {
            GeneratedBeans.delete(directory);
            assertThat(directory).doesNotExist();
        }
    }

    @Test
    void subsystemsHaveNamesOfTheirOwn() throws Exception {
        assertThat(last(GeneratedBeans.SUBSYSTEM, 3).getAnnotation(Subsystem.class).value()).isEqualTo("s2");
        assertThat(last(GeneratedBeans.RELOADED, 3).getAnnotation(Subsystem.class).value()).isEqualTo("s2");
    }

    @Test
    void plainBeansAreBeansWithoutTheExtension() throws Exception {
        Class<?> bean = last(GeneratedBeans.PLAIN, 3);
        assertThat(bean).hasAnnotation(Singleton.class);
        assertThat(bean.getAnnotation(Subsystem.class)).isNull();
    }

    @Test
    void whatDoesNotCompileIsNamed(@TempDir Path directory) throws IOException {
        Path source = Files.writeString(directory.resolve("Wrong.java"), "class Right");
        assertThatIllegalStateException()
                .isThrownBy(() -> GeneratedBeans.compile(List.of(source), System.getProperty("java.class.path"), directory))
                .withMessage("does not compile: " + source + " and 0 more");
    }
}
