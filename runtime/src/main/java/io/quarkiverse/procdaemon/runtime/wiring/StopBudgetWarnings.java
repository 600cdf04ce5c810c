package io.quarkiverse.procdaemon.runtime.wiring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.runtime.engine.graph.DependencyGraph;
import io.quarkiverse.procdaemon.runtime.engine.graph.StopBudget;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownTimeouts;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/** Warns about stop timeouts that do not fit into a shutdown, because subsystems stop one after the other. */
public final class StopBudgetWarnings {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.procdaemon");

    private static final String SHUTDOWN = "quarkus.proc-daemon.shutdown.";
    private static final int SHOWN_AT_EACH_END = 6;

    private final ShutdownTimeouts timeouts;

    private StopBudgetWarnings(ShutdownTimeouts timeouts) {
        this.timeouts = timeouts;
    }

    /** Logs what does not fit. */
    static void log(List<SubsystemDefinition> definitions, ConfiguredSettings settings) {
        if (!areAnySet(definitions, settings)) {
            return;
        }
        DependencyGraph graph = DependencyGraph.of(definitions.stream()
                .map(definition -> new DependencyGraph.Node(definition.name(), definition.dependsOn())).toList());
        // Dependents of a disabled subsystem are disabled too: without a stop timeout they are on no chain.
        of(graph, name -> settings.enabled(name) ? settings.stopTimeout(name) : Optional.empty(), settings.shutdown())
                .forEach(LOG::warn);
    }

    private static boolean areAnySet(List<SubsystemDefinition> definitions, ConfiguredSettings settings) {
        for (SubsystemDefinition definition : definitions) {
            if (settings.stopTimeout(definition.name()).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /**
     * A sentence for each chain that does not fit, the longest first.
     *
     * @param stopTimeout the configured timeout of a subsystem, by its name; empty if there is none, or it is disabled
     */
    public static List<String> of(DependencyGraph graph, Function<String, Optional<Duration>> stopTimeout,
            ShutdownTimeouts timeouts) {
        StopBudget.Excess excess = StopBudget.of(graph, stopTimeout, timeouts.graceful());
        StopBudgetWarnings texts = new StopBudgetWarnings(timeouts);
        List<String> warnings = new ArrayList<>(excess.chains().stream().map(texts::warning).toList());
        if (excess.more() > 0) {
            warnings.add("And " + excess.more() + " more such chains do not fit into " + texts.graceful());
        }
        return warnings;
    }

    private String warning(StopBudget.Chain chain) {
        if (chain.names().size() == 1) {
            return "The stop timeout of " + chain.names().get(0) + " (" + Durations.text(chain.total())
                    + ") does not fit into " + graceful() + ": in a shutdown it is interrupted early; " + raise(chain.total())
                    + " or lower it";
        }
        return "The stop timeouts along " + joined(chain.names(), " -> ") + " (in the order in which they stop: "
                + joined(chain.claims().stream().map(Durations::text).toList(), " + ") + " = "
                + Durations.text(chain.total()) + (chain.claims().contains(Duration.ZERO) ? "; 0s where none is set" : "")
                + ") do not fit into " + graceful() + ": what stops last is interrupted early; " + raise(chain.total())
                + " or lower them";
    }

    private String graceful() {
        return key("graceful-timeout", timeouts.graceful());
    }

    private String raise(Duration total) {
        String graceful = "raise the graceful timeout to " + Durations.text(total);
        if (total.compareTo(timeouts.force()) < 0) {
            return graceful;
        }
        return graceful + ", with " + key("force-timeout", timeouts.force())
                + (total.compareTo(timeouts.kill()) < 0 ? "" : " and " + key("kill-timeout", timeouts.kill()))
                + " beyond that,";
    }

    private static String key(String name, Duration value) {
        return SHUTDOWN + name + " (" + Durations.text(value) + ")";
    }

    private static String joined(List<String> all, String separator) {
        int left = all.size() - 2 * SHOWN_AT_EACH_END;
        if (left <= 0) {
            return String.join(separator, all);
        }
        return String.join(separator, all.subList(0, SHOWN_AT_EACH_END)) + separator + "(" + left + " more)" + separator
                + String.join(separator, all.subList(all.size() - SHOWN_AT_EACH_END, all.size()));
    }
}
