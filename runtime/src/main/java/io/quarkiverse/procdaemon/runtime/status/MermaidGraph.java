package io.quarkiverse.procdaemon.runtime.status;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.procdaemon.SubsystemInfo;

/** The graph for Mermaid. */
final class MermaidGraph {

    private MermaidGraph() {
    }

    /** Each subsystem with arrows to what it depends on. The nodes have numbers, since a name such as "end" is a keyword. */
    static String of(List<SubsystemInfo> subsystems) {
        StringBuilder mermaid = new StringBuilder("flowchart LR\n");
        Map<String, String> nodes = new HashMap<>();
        for (SubsystemInfo each : subsystems) {
            String node = "s" + nodes.size();
            nodes.put(each.name(), node);
            mermaid.append("  ").append(node).append("[\"").append(text(GraphText.label(each)));
            each.reason().ifPresent(reason -> mermaid.append("<br/>").append(text(GraphText.line(reason))));
            mermaid.append("\"]\n  style ").append(node).append(" fill:").append(GraphText.color(each)).append('\n');
        }
        for (SubsystemInfo each : subsystems) {
            for (String dependency : each.dependsOn()) {
                String node = nodes.get(dependency);
                if (node != null) {
                    mermaid.append("  ").append(nodes.get(each.name())).append(" --> ").append(node).append('\n');
                }
            }
        }
        return mermaid.toString();
    }

    /** What could end the text or is markup becomes a character reference as Mermaid writes it, by number. */
    private static String text(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (point == '\n') {
                escaped.append("<br/>");
            } else if (Character.isLetterOrDigit(point) || " -_.,:()'/".indexOf(point) >= 0) {
                escaped.appendCodePoint(point);
            } else {
                escaped.append('#').append(point).append(';');
            }
        });
        return escaped.toString();
    }
}
