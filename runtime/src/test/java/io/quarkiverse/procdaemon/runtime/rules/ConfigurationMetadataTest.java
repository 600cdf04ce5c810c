package io.quarkiverse.procdaemon.runtime.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.procdaemon.runtime.config.DaemonBuildTimeConfig;
import io.quarkiverse.procdaemon.runtime.config.DaemonConfig;

/** What IDEs and the configuration reference read about the keys, in the files as they were built. */
class ConfigurationMetadataTest {

    private static final Path BUILT = Path.of("target/classes/META-INF");
    private static final Path MODEL = BUILT.resolve("quarkus-config-doc/quarkus-config-model.json");
    private static final Path DESCRIPTIONS = BUILT.resolve("quarkus-config-doc/quarkus-config-javadoc.json");

    private static final List<JsonNode> keys = new ArrayList<>();
    private static final List<JsonNode> sections = new ArrayList<>();
    private static JsonNode descriptions;
    private static final Properties descriptionsForIdes = new Properties();

    @BeforeAll
    static void read() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        descriptions = mapper.readTree(DESCRIPTIONS.toFile()).get("elements");
        for (JsonNode root : mapper.readTree(MODEL.toFile()).get("configRoots")) {
            walk(root);
        }
        try (var in = Files.newBufferedReader(BUILT.resolve("quarkus-javadoc.properties"))) {
            descriptionsForIdes.load(in);
        }
    }

    private static void walk(JsonNode parent) {
        for (JsonNode item : parent.get("items")) {
            if (item.has("items")) {
                sections.add(item);
                walk(item);
            } else {
                keys.add(item);
            }
        }
    }

    private static String name(JsonNode item) {
        return item.get("path").get("property").asText();
    }

    private static String source(JsonNode item) {
        return item.get("sourceType").asText() + "." + item.get("sourceElementName").asText();
    }

    private static void isDescribed(String source) {
        assertThat(descriptions.path(source).path("description").asText()).as(source).hasSizeGreaterThan(10);
        assertThat(descriptionsForIdes.getProperty(source)).as(source).hasSizeGreaterThan(10);
    }

    @Test
    void theModelHasTheKeysOfTheTable() {
        Stream<String> ofChannels = Keys.OF_CHANNEL.keySet().stream().map(key -> Keys.CHANNEL + ".\"channel-name\"." + key);
        List<String> table = Stream.concat(Keys.FIXED.stream(),
                Stream.concat(ofChannels, Stream.of(Keys.SIGNALS + ".\"signal\"", Keys.DIRECTIVES + ".\"directive\""))
                        .map(Keys.PREFIX::concat))
                .toList();
        assertThat(keys).extracting(ConfigurationMetadataTest::name).containsExactlyInAnyOrderElementsOf(table);
    }

    /** With the name of one, which is the way to set it for that one. */
    @Test
    void keysOfSubsystemsAreOfferedWithANameToo() {
        assertThat(keys).filteredOn(key -> name(key).startsWith(Keys.PREFIX + Keys.SUBSYSTEM + ".")).isNotEmpty()
                .allSatisfy(key -> assertThat(key.path("additionalPaths").path(0).path("property").asText())
                        .isEqualTo(name(key).replace(".subsystem.", ".subsystem.\"subsystem-name\".")));
    }

    @TestFactory
    Stream<DynamicTest> everyKeyHasADescriptionATypeAndADefault() {
        return keys.stream().map(key -> DynamicTest.dynamicTest(name(key), () -> {
            isDescribed(source(key));
            assertThat(key.path("typeDescription").asText()).as("type").isNotBlank();
            assertThat(key.path("defaultValue").asText()).as("default").isNotBlank();
            assertThat(key.path("phase").asText()).as("phase").isIn("RUN_TIME", "BUILD_TIME");
            assertThat(key.get("path").path("environmentVariable").asText()).startsWith("QUARKUS_PROC_DAEMON_");
        }));
    }

    /** Below each of them an IDE offers what it accepts. */
    @TestFactory
    Stream<DynamicTest> everyValueOfAChoiceHasADescription() {
        return keys.stream().filter(key -> key.has("enumAcceptedValues")).map(key -> DynamicTest.dynamicTest(name(key), () -> {
            JsonNode choice = key.get("enumAcceptedValues");
            List<String> constants = new ArrayList<>();
            choice.get("values").fieldNames().forEachRemaining(constants::add);
            assertThat(constants).hasSizeGreaterThan(1)
                    .allSatisfy(constant -> isDescribed(choice.get("qualifiedName").asText() + "." + constant));
        }));
    }

    @Test
    void sectionsAreDescribed() {
        assertThat(sections).isNotEmpty().allSatisfy(section -> isDescribed(source(section)));
    }

    @Test
    void theRootsAreListed() throws IOException {
        assertThat(BUILT.resolve("quarkus-config-roots.list")).content().hasLineCount(2)
                .contains(DaemonBuildTimeConfig.class.getName(), DaemonConfig.class.getName());
    }
}
