package io.quarkiverse.procdaemon.runtime.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemState;

/** Names that are keywords and reasons with quotation marks, markup and ends of lines leave both graphs valid. */
class PageGraphTest {

    private static final List<SubsystemInfo> SUBSYSTEMS = List.of(info("end", List.of(), null),
            info("a-b.c_1", List.of("end"), "said \"no\"\\ </b>]; `x` #1;\nthen\r died"));

    private static SubsystemInfo info(String name, List<String> dependsOn, String reason) {
        return new SubsystemInfo(name, SubsystemState.FAILED, 1, Instant.EPOCH, 0, 1, Optional.empty(), dependsOn, List.of(),
                List.of(), RestartPolicy.ALWAYS, true, true, 0, Optional.ofNullable(reason), OptionalInt.empty(),
                Optional.empty());
    }

    @Test
    void dotIsQuoted() {
        String quoted = "\"([^\"\\\\\n]|\\\\.)*\"";
        String line = "digraph Q \\{|  node \\[shape=box, style=filled];|  Q \\[label=Q, fillcolor=Q(, tooltip=Q)?];|  Q -> Q;|}"
                .replace("Q", quoted);
        assertThat(DotGraph.of("line \"1\"", SUBSYSTEMS).lines()).hasSize(6).startsWith("digraph \"line \\\"1\\\"\" {")
                .endsWith("  \"a-b.c_1\" -> \"end\";", "}").allMatch(each -> each.matches(line));
    }

    @Test
    void mermaidHasNumbersForWhatIsNotPlain() {
        assertThat(MermaidGraph.of(SUBSYSTEMS).lines()).hasSize(6).startsWith("flowchart LR", "  s0[\"end<br/>FAILED\"]")
                .endsWith("  s1 --> s0").allMatch(line -> line.matches("flowchart LR|  s\\d+ --> s\\d+"
                        + "|  style s\\d+ fill:#[0-9a-f]{6}|  s\\d+\\[\"([\\w .,:()'/-]|#\\d+;|<br/>)*\"]"));
    }
}
