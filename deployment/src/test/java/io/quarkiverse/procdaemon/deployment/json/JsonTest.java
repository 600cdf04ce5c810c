package io.quarkiverse.procdaemon.deployment.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ResourceUsage;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkiverse.procdaemon.event.ConfigReloadRejected;
import io.quarkiverse.procdaemon.event.ConfigReloaded;
import io.quarkiverse.procdaemon.event.DaemonSignal;
import io.quarkiverse.procdaemon.event.ResourceLimitCleared;
import io.quarkiverse.procdaemon.event.ResourceLimitExceeded;
import io.quarkiverse.procdaemon.event.SubsystemEvent;

/** Jackson writes every public record, and members of a sealed family say which they are. */
class JsonTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final Failure FAILURE = new Failure("java.io.IOException", "no disk", "java.io.IOException: no disk",
            SubsystemEvent.Phase.RUN, 3, AT);
    private static final ObjectMapper JSON = JsonMapper.builder().findAndAddModules().build();

    static Stream<ShutdownReason> reasons() {
        return Stream.of(new ShutdownReason.Signal(15, "TERM"), new ShutdownReason.Requested("a test"),
                new ShutdownReason.SubsystemFailed("journal", FAILURE), new ShutdownReason.ResourceExhausted("memory"),
                new ShutdownReason.Restart(), new ShutdownReason.Stop(),
                new ShutdownReason.DependencyLost("journal"));
    }

    static Stream<SubsystemEvent> events() {
        return Stream.of(new SubsystemEvent.Waiting(1, "a", 1, AT, List.of("b")), new SubsystemEvent.Starting(2, "a", 1, AT),
                new SubsystemEvent.Started(3, "a", 1, AT, Duration.ofMillis(5)),
                new SubsystemEvent.Failed(4, "a", 1, AT, FAILURE),
                new SubsystemEvent.Restarting(5, "a", 1, AT, Duration.ofMillis(100), 1),
                new SubsystemEvent.GaveUp(6, "a", 1, AT, FAILURE, "enough"),
                new SubsystemEvent.Stopping(7, "a", 1, AT, new ShutdownReason.Stop()),
                new SubsystemEvent.Stopped(8, "a", 1, AT, Duration.ofMillis(5)),
                new SubsystemEvent.StopTimedOut(9, "a", 1, AT, Duration.ofMillis(5), true),
                new SubsystemEvent.HealthChanged(10, "a", 1, AT, false, "no"),
                new SubsystemEvent.OutageBegan(11, "a", 1, AT, "no sink"),
                new SubsystemEvent.OutageEnded(12, "a", 1, AT, Duration.ofMillis(5), true));
    }

    static Stream<Record> others() {
        ConfigProblem problem = new ConfigProblem(Optional.of("a.b"), Optional.empty(), OptionalInt.of(3), "it is wrong");
        return Stream.of(FAILURE, problem, new ConfigReloaded(2, AT, Set.of("a.b"), Set.of()),
                new ConfigReloadRejected(2, AT, List.of(problem)), new DaemonSignal(15, "TERM"),
                new ResourceLimitExceeded("heap", 2, 1, AT), new ResourceLimitCleared("memory", 1, 2, AT),
                new ReloadResult(ReloadResult.Status.REJECTED, 2, Set.of(), Set.of(), List.of(problem)), report(),
                new ResourceUsage(AT, 1, OptionalLong.of(2), OptionalLong.of(3), OptionalLong.empty(), OptionalDouble.of(0.5),
                        4,
                        OptionalLong.of(5), OptionalLong.empty()));
    }

    private static ShutdownReport report() {
        return new ShutdownReport("d", 7, ShutdownReport.Outcome.CLEAN, Optional.of(new ShutdownReason.Signal(15, "TERM")),
                OptionalInt.of(143), AT, false, Duration.ofMillis(5),
                List.of(new ShutdownReport.Entry("a", SubsystemState.RUNNING,
                        ShutdownReport.Ending.STOPPED, Duration.ofMillis(5), "")),
                List.of(), List.of());
    }

    @ParameterizedTest
    @MethodSource({ "reasons", "events" })
    void membersOfASealedFamilyCarryTheirType(Record member) throws Exception {
        assertThat(json(member).get("type").asText()).isEqualTo(member.getClass().getSimpleName());
    }

    @ParameterizedTest
    @MethodSource({ "reasons", "events", "others" })
    void everyComponentIsWritten(Record written) throws Exception {
        assertThat(json(written).fieldNames()).toIterable().containsAll(
                Stream.of(written.getClass().getRecordComponents()).map(RecordComponent::getName).toList());
    }

    private static JsonNode json(Object written) throws IOException {
        return JSON.readTree(JSON.writeValueAsBytes(written));
    }

    @Test
    void aSubsystemThatHasFailed() throws Exception {
        JsonNode info = json(new SubsystemInfo("a", SubsystemState.RESTARTING, 3, AT, 2, 3, Optional.of(FAILURE), List.of(),
                List.of(), List.of(), RestartPolicy.ALWAYS, true, true, 0, Optional.of("why"), OptionalInt.of(8),
                Optional.of(AT)));
        assertThat(info.get("lastFailure").get("message").asText()).isEqualTo("no disk");
        assertThat(info.get("lastFailure").get("phase").asText()).isEqualTo("RUN");
        assertThat(info.get("restartsLeft").asInt()).isEqualTo(8);
    }

    @Test
    void theReasonOfAReportIsNested() throws Exception {
        assertThat(JSON.convertValue(json(report()).get("reason"), Map.class))
                .isEqualTo(Map.of("type", "Signal", "number", 15, "name", "TERM"));
    }

    /** A record that is added and forgotten would fail in native executables only. */
    @Test
    void theBuildKnowsEveryPublicRecord() {
        String root = Failure.class.getPackageName();
        assertThat(new ClassFileImporter().importPackages(root).stream()
                .filter(type -> type.isRecord() && List.of(root, root + ".event").contains(type.getPackageName()))
                .<Class<?>> map(JavaClass::reflect)).isNotEmpty().isSubsetOf(JsonProcessor.types());
    }
}
