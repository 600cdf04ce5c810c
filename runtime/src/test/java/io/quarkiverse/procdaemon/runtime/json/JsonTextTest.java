package io.quarkiverse.procdaemon.runtime.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.event.SubsystemEvent;

/** JSON with Jackson and without is the same, and is what Jackson reads. */
class JsonTextTest {

    private static final JsonMapper MAPPER = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    private record Everything(int number, long large, double fraction, boolean truth, String text, String nothing,
            Optional<String> maybe, OptionalInt maybeInt, OptionalLong maybeLong, OptionalDouble maybeDouble, Instant at,
            Duration took, List<String> list, Map<String, Integer> map, Path path, SubsystemEvent.Phase phase) {
    }

    private static JsonNode read(Object value) throws Exception {
        Object tree = JsonTree.of(value);
        JsonNode plain = MAPPER.readTree(new PlainJson().write(tree));
        assertThat(plain).isEqualTo(MAPPER.readTree(new JacksonJson().write(tree)));
        return plain;
    }

    @Test
    void eachTypeThatRecordsHave() throws Exception {
        JsonNode json = read(new Everything(1, Long.MAX_VALUE, 0.5, true, "a", null, Optional.empty(), OptionalInt.of(2),
                OptionalLong.empty(), OptionalDouble.of(0.25), AT, Duration.ofMillis(1500), List.of("x", "y"),
                Map.of("k", 3), Path.of("/a/b"), SubsystemEvent.Phase.RUN));

        assertThat(json.toString()).isEqualTo("{\"number\":1,\"large\":9223372036854775807,\"fraction\":0.5,\"truth\":true,"
                + "\"text\":\"a\",\"nothing\":null,\"maybe\":null,\"maybeInt\":2,\"maybeLong\":null,\"maybeDouble\":0.25,"
                + "\"at\":\"2026-01-02T03:04:05Z\",\"took\":\"PT1.5S\",\"list\":[\"x\",\"y\"],\"map\":{\"k\":3},"
                + "\"path\":\"/a/b\",\"phase\":\"RUN\"}");
    }

    @Test
    void membersOfAFamilySayWhichTheyAre() throws Exception {
        JsonNode json = read(new SubsystemEvent.Stopping(7, "a", 1, AT, new ShutdownReason.Signal(15, "TERM")));

        assertThat(json.get("type").asText()).isEqualTo("Stopping");
        assertThat(json.get("reason").toString()).isEqualTo("{\"type\":\"Signal\",\"number\":15,\"name\":\"TERM\"}");
        assertThat(read(new Failure("t", "m", "s", SubsystemEvent.Phase.STOP, 1, AT)).has("type")).isTrue();
    }

    @Test
    void emptyOnes() throws Exception {
        assertThat(read(List.of(Map.of(), List.of(), "")).toString()).isEqualTo("[{},[],\"\"]");
    }

    @Test
    void theLineOfAnEventHasNoLineEnd() {
        assertThat(new PlainJson().write(Map.of("a", "b\nc\u2028d\r\te"))).isEqualTo("{\"a\":\"b\\nc\\u2028d\\r\\te\"}");
    }

    /** Any text, unpaired surrogates included. */
    @Test
    void textOfAnyKind() throws Exception {
        Random random = new Random(31);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(20); length > 0; length--) {
                text.append((char) (random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(0x10000)));
            }
            texts.add(text.toString());
        }
        JsonNode read = MAPPER.readTree(new PlainJson().write(JsonTree.of(texts)));
        for (int i = 0; i < texts.size(); i++) {
            assertThat(read.get(i).asText()).isEqualTo(texts.get(i));
        }
    }

    @Test
    void numbersThatJsonDoesNotHave() throws Exception {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("nan", Double.NaN);
        map.put("infinite", Double.POSITIVE_INFINITY);
        map.put("list", Arrays.asList(1, null));
        assertThat(read(map).toString()).isEqualTo("{\"nan\":\"NaN\",\"infinite\":\"Infinity\",\"list\":[1,null]}");
    }
}
