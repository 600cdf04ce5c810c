package io.quarkiverse.procdaemon.runtime.reload.yaml;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

import io.quarkiverse.procdaemon.runtime.reload.file.Flaw;

/** Finds keys that stand twice in one block: the first of them would be lost with all that is under it. */
final class DuplicateKeys {

    /** Merges the keys of another block, any number of times. */
    private static final String MERGE = "<<";

    private final List<Flaw> flaws = new ArrayList<>();
    /** An alias is the same node again, and may stand in itself. */
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private DuplicateKeys() {
    }

    /** Nothing if it is no YAML, of which its reader complains. */
    static List<Flaw> in(String text) {
        DuplicateKeys keys = new DuplicateKeys();
        try {
            for (Node document : new Yaml(new LoaderOptions()).composeAll(new StringReader(text))) {
                keys.look("", document);
            }
            return keys.flaws;
        } catch (YAMLException malformed) {
            return List.of();
        }
    }

    private void look(String path, Node node) {
        if (!seen.add(node)) {
            return;
        }
        if (node instanceof MappingNode block) {
            keysOf(path, block);
        } else if (node instanceof SequenceNode list) {
            List<Node> items = list.getValue();
            for (int i = 0; i < items.size(); i++) {
                look(path + "[" + i + "]", items.get(i));
            }
        }
    }

    private void keysOf(String path, MappingNode block) {
        Map<String, Integer> lines = new HashMap<>();
        for (NodeTuple entry : block.getValue()) {
            if (entry.getKeyNode() instanceof ScalarNode key && !key.getValue().equals(MERGE)) {
                String name = path.isEmpty() ? part(key.getValue()) : path + "." + part(key.getValue());
                int line = key.getStartMark().getLine() + 1;
                Integer before = lines.put(key.getValue(), line);
                if (before != null) {
                    flaws.add(new Flaw(Optional.of(name), OptionalInt.of(line), name + " stands here and in line " + before
                            + ", and only the last would count; merge the two"));
                }
                look(name, entry.getValueNode());
            }
        }
    }

    private static String part(String key) {
        return key.contains(".") ? "\"" + key + "\"" : key;
    }
}
