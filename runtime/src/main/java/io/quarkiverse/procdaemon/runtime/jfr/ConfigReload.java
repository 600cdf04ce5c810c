package io.quarkiverse.procdaemon.runtime.jfr;

import java.util.Collection;
import java.util.Iterator;
import java.util.TreeSet;

import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.event.ConfigProblem;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("io.quarkiverse.procdaemon.ConfigReload")
@Label("Configuration Reload")
@Description("The configuration was reloaded, from its begin to its result")
final class ConfigReload extends DaemonEvent {

    @Label("Status")
    @Description("APPLIED, UNCHANGED, REJECTED, or CANCELLED by a shutdown or an error")
    String status = "CANCELLED";

    @Label("Epoch")
    @Description("The number of the configuration that is active now")
    long epoch;

    @Label("Changed Keys")
    @Description("Their names, as many as fit")
    String changed = "";

    @Label("Number of Changed Keys")
    int changedKeys;

    @Label("Requires Restart")
    @Description("Those of the changed keys whose new values only a restart of the process applies")
    String requiresRestart = "";

    @Label("Restarted Subsystems")
    String restarted = "";

    @Label("Problems")
    @Description("Why it was rejected")
    String problems = "";

    void result(ReloadResult result) {
        status = result.status().name();
        epoch = result.epoch();
        changed = list(new TreeSet<>(result.changed()), ", ");
        changedKeys = result.changed().size();
        requiresRestart = list(new TreeSet<>(result.requiresRestart()), ", ");
        restarted = list(result.restarted(), ", ");
        StringBuilder all = new StringBuilder();
        for (ConfigProblem problem : result.problems()) {
            all.append(all.length() == 0 ? "" : "; ").append(problem);
        }
        problems = text(all.toString());
    }

    private static String list(Collection<String> names, String separator) {
        StringBuilder all = new StringBuilder();
        for (Iterator<String> each = names.iterator(); each.hasNext();) {
            all.append(each.next()).append(each.hasNext() ? separator : "");
        }
        return text(all.toString());
    }
}
