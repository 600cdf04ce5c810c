package io.quarkiverse.procdaemon.runtime.status;

import java.util.List;

import io.quarkiverse.procdaemon.SubsystemInfo;

/** The graph for Graphviz. */
final class DotGraph {

    private DotGraph() {
    }

    /** Each subsystem with arrows to what it depends on. */
    static String of(String daemon, List<SubsystemInfo> subsystems) {
        StringBuilder dot = new StringBuilder("digraph ").append(quoted(daemon))
                .append(" {\n  node [shape=box, style=filled];\n");
        for (SubsystemInfo each : subsystems) {
            dot.append("  ").append(quoted(each.name())).append(" [label=").append(quoted(GraphText.label(each)))
                    .append(", fillcolor=\"").append(GraphText.color(each)).append("\"");
            each.reason().ifPresent(reason -> dot.append(", tooltip=").append(quoted(GraphText.line(reason))));
            dot.append("];\n");
        }
        for (SubsystemInfo each : subsystems) {
            for (String dependency : each.dependsOn()) {
                dot.append("  ").append(quoted(each.name())).append(" -> ").append(quoted(dependency)).append(";\n");
            }
        }
        return dot.append("}\n").toString();
    }

    /** In a quoted string a backslash begins an escape of labels; a line break is one. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
