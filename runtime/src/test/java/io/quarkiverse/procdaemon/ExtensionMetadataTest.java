package io.quarkiverse.procdaemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import io.quarkiverse.procdaemon.runtime.config.DaemonConfig;

/** What `quarkus ext list`, the code generator and Dev UI show about the extension, in the descriptors as they were built. */
class ExtensionMetadataTest {

    private static final Path ROOT = Path.of("..");
    private static final Path BUILT = Path.of("target/classes/META-INF");
    private static final String GROUP = "io.quarkiverse.procdaemon";
    private static final Pattern PUBLISHED = Pattern.compile("https://docs\\.quarkiverse\\.io/[^\\s)>\"'`]*");

    private final Map<String, Object> extension = load("quarkus-extension.yaml");
    private final Map<String, Object> metadata = section(extension, "metadata");

    private static Map<String, Object> load(String file) {
        try (Reader in = Files.newBufferedReader(BUILT.resolve(file))) {
            return new Yaml().load(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> section(Map<String, Object> from, String key) {
        return (Map<String, Object>) from.get(key);
    }

    @SuppressWarnings("unchecked")
    private List<String> list(String key) {
        return (List<String>) metadata.get(key);
    }

    @Test
    void itHasANameAndOneSentenceAboutWhatItIsGoodFor() {
        assertThat(extension).containsEntry("name", "Proc Daemon");
        assertThat((String) extension.get("description")).hasSizeBetween(60, 120).startsWith("Long-running services")
                .doesNotEndWith(".").doesNotContain("Proc Daemon");
        assertThat((String) extension.get("artifact")).startsWith(GROUP + ":quarkus-proc-daemon::jar:");
    }

    @Test
    void itIsFoundByWhatItIsAbout() {
        assertThat(metadata).containsEntry("short-name", "proc-daemon");
        assertThat(list("keywords")).doesNotHaveDuplicates().allMatch(word -> word.matches("[a-z-]+"))
                .contains("daemon", "service", "subsystem", "supervisor", "lifecycle", "shutdown", "signals");
    }

    /** The categories of the catalogue of Quarkus; one that it does not know hides the extension. */
    @Test
    void itsCategoriesAreThoseOfTheCatalogue() {
        assertThat(list("categories")).isNotEmpty().isSubsetOf("alt-languages", "business-automation", "cloud", "compatibility",
                "core", "data", "grpc", "integration", "messaging", "miscellaneous", "observability", "reactive", "security",
                "serialization", "web");
    }

    /**
     * The classifier is the one of the jar that this module builds; a version of 999-SNAPSHOT or any other, but no expression.
     */
    @Test
    void itsCodestartIsInAJarOfItsOwn() {
        Map<String, Object> codestart = section(metadata, "codestart");
        assertThat(codestart).containsEntry("name", "proc-daemon-codestart").containsEntry("languages", List.of("java"));
        assertThat((String) codestart.get("artifact")).startsWith(GROUP + ":quarkus-proc-daemon:codestarts:jar:")
                .isEqualTo(((String) extension.get("artifact")).replace("::jar:", ":codestarts:jar:"));
        assertThat(Path.of("src/main/codestarts/quarkus/proc-daemon-codestart/codestart.yml")).content()
                .contains("name: " + codestart.get("name"));
    }

    @Test
    void itSaysHowStableItIs() {
        assertThat((String) metadata.get("status")).isIn("experimental", "preview", "stable", "deprecated");
        assertThat(metadata).doesNotContainKey("unlisted");
    }

    @Test
    void itsConfigurationIsUnderOnePrefix() {
        assertThat(list("config")).containsExactly(DaemonConfig.PREFIX + ".");
    }

    @Test
    void itNeedsWhatItIsBuiltFor() throws IOException {
        assertThat(metadata).containsEntry("minimum-java-version", "17");
        assertThat((String) metadata.get("built-with-quarkus-core")).isNotBlank();
        assertThat((String) metadata.get("requires-quarkus-core")).matches("\\[3\\.\\d+,\\)");
        // The optional ones are not here: they would become dependencies of every application.
        assertThat(list("extension-dependencies")).containsExactlyInAnyOrder("io.quarkus:quarkus-arc",
                "io.quarkus:quarkus-core",
                "io.quarkus:quarkus-mutiny", "io.quarkus:quarkus-smallrye-context-propagation");

        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(BUILT.resolve("quarkus-extension.properties"))) {
            properties.load(in);
        }
        assertThat(properties.getProperty("deployment-artifact")).startsWith(GROUP + ":quarkus-proc-daemon-deployment:");
        assertThat(properties.getProperty("requires-quarkus-version")).isEqualTo(metadata.get("requires-quarkus-core"));
    }

    /** The guide that tools link to is the one that our documents name, and this project has the text of it. */
    @Test
    void itsGuideIsTheOneOfTheDocuments() throws IOException {
        String guide = (String) metadata.get("guide");
        assertThat(guide).isEqualTo("https://docs.quarkiverse.io/quarkus-" + metadata.get("short-name") + "/dev/");
        assertThat(ROOT.resolve("docs/contributing.md")).content().contains("<" + guide + ">");
        try (Stream<Path> documents = Files.list(ROOT.resolve("docs"))) {
            for (Path document : Stream.concat(Stream.of(ROOT.resolve("README.md")), documents)
                    .filter(file -> file.toString().endsWith(".md")).toList()) {
                Matcher url = PUBLISHED.matcher(Files.readString(document));
                while (url.find()) {
                    assertThat(url.group()).as(document.toString()).startsWith(guide);
                }
            }
        }
    }

    @Test
    void itsSourcesAreAtTheUrlOfThePoms() throws IOException {
        String pom = Files.readString(ROOT.resolve("pom.xml"));
        String project = "https://github.com/quarkiverse/quarkus-" + metadata.get("short-name");
        assertThat(metadata).containsEntry("scm-url", project);
        assertThat(pom).contains("<url>" + project + "</url>", "<connection>scm:git:" + project + ".git</connection>");
    }
}
