package io.quarkiverse.procdaemon.devmode;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.logging.LogManager;
import java.util.stream.Collectors;

import javax.management.JMException;
import javax.management.ObjectName;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * What applications may leave in the JVM.
 *
 * @param threads how many threads live
 * @param hooks the names of the shutdown hooks
 * @param signals the handlers of the signals that the daemon handles in production
 * @param logHandlers the handlers of the root logger
 * @param engines the engines of daemons, after a collection
 * @param classLoaders the class loaders of Quarkus, after a collection
 * @param heap the bytes in use after a collection
 */
record Leftovers(int threads, List<String> hooks, Map<String, String> signals, int logHandlers, long engines,
        long classLoaders, long heap) {

    static Leftovers now() {
        String histogram = collect();
        return new Leftovers(Thread.getAllStackTraces().size(), namesOfHooks(), currentHandlers(),
                LogManager.getLogManager().getLogger("").getHandlers().length,
                count(histogram, "io.quarkiverse.procdaemon.runtime.engine.Engine"),
                count(histogram, "io.quarkus.bootstrap.classloading.QuarkusClassLoader"),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    /** The live threads with such names, by name. */
    static Map<String, Long> countThreads(String names) {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).filter(name -> name.matches(names))
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    private static List<String> namesOfHooks() {
        try {
            Field hooks = Class.forName("java.lang.ApplicationShutdownHooks").getDeclaredField("hooks");
            hooks.setAccessible(true);
            return ((Map<?, ?>) hooks.get(null)).keySet().stream().map(hook -> ((Thread) hook).getName()).sorted().toList();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    static Map<String, String> currentHandlers() {
        Map<String, String> signals = new TreeMap<>();
        for (String name : List.of("TERM", "INT", "HUP")) {
            Signal signal = new Signal(name);
            SignalHandler current = Signal.handle(signal, SignalHandler.SIG_DFL);
            Signal.handle(signal, current);
            // A new object each time, but it says which one it stands for.
            signals.put(name, current.toString());
        }
        return signals;
    }

    /** Collects what is unreachable, and says what is left: number, instances, bytes and class, for each class a line. */
    private static String collect() {
        try {
            return (String) ManagementFactory.getPlatformMBeanServer().invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
                    new Object[] { new String[0] }, new String[] { String[].class.getName() });
        } catch (JMException e) {
            throw new AssertionError(e);
        }
    }

    /** The same class of several class loaders has several lines. */
    private static long count(String histogram, String type) {
        return histogram.lines().map(line -> line.trim().split("\\s+"))
                .filter(words -> words.length > 3 && words[3].equals(type))
                .mapToLong(words -> Long.parseLong(words[1])).sum();
    }
}
