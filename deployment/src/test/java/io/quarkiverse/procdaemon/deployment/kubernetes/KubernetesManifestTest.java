package io.quarkiverse.procdaemon.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;

/** The generated manifests, as the models of the API read them. */
@Timeout(240)
class KubernetesManifestTest {

    private static final String DEFAULT = "terminationGracePeriodSeconds is 20: "
            + "15s (quarkus.proc-daemon.shutdown.kill-timeout) + 5s (margin) = 20s";

    @TempDir
    Path directory;

    private Manifests project(String... extensions) throws Exception {
        return new Manifests(directory, extensions);
    }

    private static PodTemplateSpec deployment(Path manifests) throws Exception {
        return Manifests.read(manifests.resolve("kubernetes.yml"), Deployment.class).getSpec().getTemplate();
    }

    private static String annotation(PodTemplateSpec pod, String name) {
        return pod.getMetadata().getAnnotations().get("proc-daemon.quarkiverse.io/" + name);
    }

    private static Container container(PodTemplateSpec pod) {
        assertThat(pod.getSpec().getContainers()).hasSize(1);
        return pod.getSpec().getContainers().get(0);
    }

    private static void assertGrace(PodTemplateSpec pod, long seconds) {
        assertThat(pod.getSpec().getTerminationGracePeriodSeconds()).isEqualTo(seconds);
        assertThat(container(pod).getEnv()).filteredOn(one -> one.getName().startsWith("PROC_DAEMON_"))
                .extracting(EnvVar::getName, EnvVar::getValue)
                .containsExactly(tuple("PROC_DAEMON_GRACE_PERIOD_SECONDS",
                        String.valueOf(seconds)));
    }

    private static void assertProbe(Probe probe, String path, int period, int failures) {
        assertThat(probe.getHttpGet().getPath()).isEqualTo(path);
        assertThat(probe.getPeriodSeconds()).as(path).isEqualTo(period);
        assertThat(probe.getFailureThreshold()).as(path).isEqualTo(failures);
    }

    @Test
    void theNumbersAreThoseOfTheDaemon() throws Exception {
        PodTemplateSpec pod = deployment(project("quarkus-kubernetes", "quarkus-smallrye-health").build());
        assertGrace(pod, 20);
        assertThat(annotation(pod, "grace-period")).isEqualTo(DEFAULT);
        assertProbe(container(pod).getStartupProbe(), "/q/health/started", 10, 9);
        assertThat(annotation(pod, "startup-probe")).isEqualTo("startupProbe fails after 9 x 10s: start timeouts "
                + "30s (journal) + 30s (ingest) = 1m, and 30s for what starts before");
        assertProbe(container(pod).getReadinessProbe(), "/q/health/ready", 5, 1);
        assertProbe(container(pod).getLivenessProbe(), "/q/health/live", 10, 3);
    }

    @Test
    void theyFollowTheConfiguration() throws Exception {
        PodTemplateSpec pod = deployment(project("quarkus-kubernetes", "quarkus-smallrye-health")
                .with("quarkus.shutdown.delay-enabled", "true")
                .with("quarkus.shutdown.delay", "7s")
                .with("quarkus.shutdown.timeout", "3s")
                .with("quarkus.proc-daemon.shutdown.kill-timeout", "1m")
                .with("quarkus.proc-daemon.subsystem.start-timeout", "2m")
                .with("quarkus.proc-daemon.subsystem.\"ingest\".start-timeout", "10s")
                .with("quarkus.kubernetes.startup-probe.period", "20s").build());
        assertGrace(pod, 75);
        assertThat(annotation(pod, "grace-period")).isEqualTo("terminationGracePeriodSeconds is 75: "
                + "7s (quarkus.shutdown.delay) + 3s (quarkus.shutdown.timeout) + "
                + "1m (quarkus.proc-daemon.shutdown.kill-timeout) + 5s (margin) = 1m15s");
        assertProbe(container(pod).getStartupProbe(), "/q/health/started", 20, 8);
        assertThat(annotation(pod, "startup-probe")).isEqualTo("startupProbe fails after 8 x 20s: start timeouts "
                + "2m (journal) + 10s (ingest) = 2m10s, and 30s for what starts before");
    }

    @Test
    void whatTheUserHasSetIsKept() throws Exception {
        PodTemplateSpec pod = deployment(project("quarkus-kubernetes", "quarkus-smallrye-health")
                .with("quarkus.kubernetes.startup-probe.failure-threshold", "4")
                .with("quarkus.kubernetes.readiness-probe.period", "10s")
                .with("quarkus.kubernetes.readiness-probe.failure-threshold", "3")
                .with("kubernetes.yml", List.of("apiVersion: apps/v1", "kind: Deployment", "metadata:", "  name: collector",
                        "spec:", "  template:", "    spec:", "      terminationGracePeriodSeconds: 10"))
                .build());
        assertGrace(pod, 10);
        assertThat(annotation(pod, "grace-period")).isEqualTo("terminationGracePeriodSeconds is 10 as set in the manifest; a "
                + "stop may take 15s, so the pod may be killed before: "
                + "15s (quarkus.proc-daemon.shutdown.kill-timeout) + 5s (margin) = 20s");
        assertProbe(container(pod).getStartupProbe(), "/q/health/started", 10, 4);
        assertThat(annotation(pod, "startup-probe")).isNull();
        assertProbe(container(pod).getReadinessProbe(), "/q/health/ready", 10, 3);
    }

    /** Quarkus writes 10 seconds there. */
    @Test
    void aStatefulSetHasThemToo() throws Exception {
        assertNumbers(Manifests.read(ofKind("StatefulSet"), StatefulSet.class).getSpec().getTemplate());
    }

    /** As above. */
    @Test
    void aJobHasThemToo() throws Exception {
        assertNumbers(Manifests.read(ofKind("Job"), Job.class).getSpec().getTemplate());
    }

    private Path ofKind(String kind) throws Exception {
        return project("quarkus-kubernetes", "quarkus-smallrye-health").with("quarkus.kubernetes.deployment-kind", kind)
                .build().resolve("kubernetes.yml");
    }

    private static void assertNumbers(PodTemplateSpec pod) {
        assertGrace(pod, 20);
        assertThat(annotation(pod, "grace-period")).isEqualTo(DEFAULT);
        assertProbe(container(pod).getStartupProbe(), "/q/health/started", 10, 9);
    }

    @Test
    void withoutHealthThereAreNoProbes() throws Exception {
        PodTemplateSpec pod = deployment(project("quarkus-kubernetes").build());
        assertGrace(pod, 20);
        assertThat(container(pod).getStartupProbe()).isNull();
        assertThat(container(pod).getReadinessProbe()).isNull();
        assertThat(annotation(pod, "startup-probe")).isNull();
    }

    @Test
    void openShiftHasThemToo() throws Exception {
        Path manifests = project("quarkus-openshift", "quarkus-smallrye-health")
                .with("quarkus.openshift.readiness-probe.failure-threshold", "2").build();
        PodTemplateSpec pod = Manifests.read(manifests.resolve("openshift.yml"), Deployment.class).getSpec().getTemplate();
        assertGrace(pod, 20);
        assertProbe(container(pod).getStartupProbe(), "/q/health/started", 10, 9);
        assertProbe(container(pod).getReadinessProbe(), "/q/health/ready", 5, 2);
    }

    @Test
    void knativeIsLeftAlone() throws Exception {
        Path manifests = project("quarkus-kubernetes", "quarkus-smallrye-health")
                .with("quarkus.kubernetes.deployment-target", "knative").build();
        assertThat(manifests.resolve("knative.yml")).content().doesNotContain("proc-daemon.quarkiverse.io", "PROC_DAEMON_");
    }

    /** The chapter shows a part of what is generated: each of its fields is there. */
    @Test
    void theChapterShowsWhatIsGenerated() throws Exception {
        String all = Files.readString(Path.of("../docs/operations.md"));
        String chapter = all.substring(all.indexOf("\n## Kubernetes\n"), all.indexOf("\n## Draining\n"));
        Properties shown = new Properties();
        shown.load(new StringReader(block(chapter, "properties")));
        assertThat(block(chapter, "xml")).contains("<artifactId>quarkus-kubernetes</artifactId>");
        Manifests project = project("quarkus-kubernetes", "quarkus-smallrye-health");
        shown.forEach((key, value) -> project.with((String) key, (String) value));
        JsonNode generated = Manifests.tree(deployment(project.build()));
        assertContains(generated, Manifests.tree(block(chapter, "yaml")), "");
        assertThat(shown).isNotEmpty();
    }

    private static String block(String chapter, String language) {
        String begin = "```" + language + "\n";
        int from = chapter.indexOf(begin);
        assertThat(from).as(language).isPositive();
        return chapter.substring(from + begin.length(), chapter.indexOf("```", from + begin.length()));
    }

    private static void assertContains(JsonNode generated, JsonNode shown, String at) {
        if (shown.isObject()) {
            shown.properties().forEach(
                    field -> assertContains(generated.path(field.getKey()), field.getValue(), at + "/" + field.getKey()));
        } else if (shown.isArray()) {
            for (JsonNode one : shown) {
                JsonNode same = StreamSupport.stream(generated.spliterator(), false)
                        .filter(other -> other.path("name").equals(one.path("name"))).findFirst()
                        .orElseThrow(() -> new AssertionError(at + " has no " + one.path("name")));
                assertContains(same, one, at + "/" + one.path("name").asText());
            }
        } else {
            assertThat(generated).as(at).isEqualTo(shown);
        }
    }
}
