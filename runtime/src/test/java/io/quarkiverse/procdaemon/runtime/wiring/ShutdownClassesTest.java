package io.quarkiverse.procdaemon.runtime.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class ShutdownClassesTest {

    private static final List<String> INITIALIZED = new ArrayList<>();

    static class First {
        static {
            INITIALIZED.add("First");
        }
    }

    static class Last {
        static {
            INITIALIZED.add("Last");
        }
    }

    /** The missing one is no reason to do without the others. */
    @Test
    void allThatCanBeLoadedAreInitialized() {
        ShutdownClasses.load(listing(First.class.getName(), "io.quarkiverse.procdaemon.Gone", Last.class.getName()));
        assertThat(INITIALIZED).containsExactly("First", "Last");
    }

    @Test
    void anApplicationWithoutTheListLoadsNone() {
        ShutdownClasses.load(getClass().getClassLoader());
    }

    private static ClassLoader listing(String... names) {
        return new ClassLoader(ShutdownClassesTest.class.getClassLoader()) {
            @Override
            public InputStream getResourceAsStream(String name) {
                return name.equals(ShutdownClasses.LIST)
                        ? new ByteArrayInputStream(String.join("\n", names).getBytes(StandardCharsets.UTF_8))
                        : super.getResourceAsStream(name);
            }
        };
    }
}
