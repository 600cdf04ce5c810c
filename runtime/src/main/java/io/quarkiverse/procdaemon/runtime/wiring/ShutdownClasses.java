package io.quarkiverse.procdaemon.runtime.wiring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

import org.jboss.logging.Logger;

/**
 * Has the JVM load the classes that a shutdown needs while it still can: later there may be no memory left, or a thread that
 * hangs may hold the lock of a class loader.
 */
public final class ShutdownClasses {

    /** The resource that names them, one a line. The build writes it; without it none are loaded. */
    public static final String LIST = "META-INF/proc-daemon/shutdown-classes.txt";

    private static final Logger LOG = Logger.getLogger(ShutdownClasses.class);

    private ShutdownClasses() {
    }

    /** Takes some tens of milliseconds; any thread may call this. */
    static void load(ClassLoader loader) {
        try (InputStream list = loader.getResourceAsStream(LIST)) {
            if (list != null) {
                load(new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8)), loader);
            }
        } catch (IOException unreadable) {
            LOG.warn("The list of the classes that a shutdown needs cannot be read; the shutdown loads them itself",
                    unreadable);
        }
    }

    private static void load(BufferedReader names, ClassLoader loader) throws IOException {
        for (String name = names.readLine(); name != null; name = names.readLine()) {
            try {
                Class.forName(name, true, loader);
            } catch (ClassNotFoundException | LinkageError failure) {
                LOG.warnf(failure, "The class %s, which a shutdown needs, cannot be loaded; the shutdown tries again", name);
            }
        }
        LOG.debug("Loaded the classes that a shutdown needs");
    }
}
