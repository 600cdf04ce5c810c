package io.quarkiverse.procdaemon.runtime.reload.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.procdaemon.runtime.reload.file.Flaw;

class DuplicateKeysTest {

    @Test
    void eachIsFoundWithItsKeyAndBothLines() {
        assertThat(DuplicateKeys.in("""
                lines:
                  max: 1
                  servers:
                    - host: a
                      host: b
                other: 1
                lines:
                  min: 2
                  "x.y": 1
                  "x.y": 2
                """)).extracting(flaw -> flaw.key().orElseThrow() + "@" + flaw.line().orElseThrow(), Flaw::reason)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("lines.servers[0].host@5",
                                "lines.servers[0].host stands here and in line 4, and only the last would count; merge the two"),
                        org.assertj.core.groups.Tuple.tuple("lines@7",
                                "lines stands here and in line 1, and only the last would count; merge the two"),
                        org.assertj.core.groups.Tuple.tuple("lines.\"x.y\"@10",
                                "lines.\"x.y\" stands here and in line 9, and only the last would count; merge the two"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "a: 1", "a: 1\n---\na: 2", "a: [", "a: {b: 1}\nb: {b: 1}", "- a: 1\n- a: 2",
            "x: &x {a: 1}\ny: &y {b: 1}\nz:\n  <<: *x\n  <<: *y\n", "a: &a [*a]" })
    void nothingElseIs(String text) {
        assertThat(DuplicateKeys.in(text)).isEmpty();
    }
}
