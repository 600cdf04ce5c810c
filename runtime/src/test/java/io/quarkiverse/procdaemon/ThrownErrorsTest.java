package io.quarkiverse.procdaemon;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/**
 * What leaves the extension as an exception has an {@link ErrorCode}, or the Javadoc of the API says what it is. A new
 * exception without a code belongs in one of the lists, or gets a code.
 */
@Tag("any-jdk")
class ThrownErrorsTest {

    private static final Path API = Path.of("src/main/java/io/quarkiverse/procdaemon");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.quarkiverse.procdaemon");

    /** Without a code, as the Javadoc of that type says of that exception. */
    private static final Map<String, String> DOCUMENTED = Map.ofEntries(
            entry("DiagnosticFiles IOException", "Diagnostics IOException"),
            entry("DumpDirectory IOException", "Diagnostics IOException"),
            entry("Ownership FileSystemException", "Diagnostics IOException"),
            entry("DiagnosticFiles UnsupportedOperationException", "Diagnostics UnsupportedOperationException"),
            entry("HeapDump UnsupportedOperationException", "Diagnostics UnsupportedOperationException"),
            entry("Recorder UnsupportedOperationException", "Diagnostics UnsupportedOperationException"),
            entry("Recordings UnsupportedOperationException", "Diagnostics UnsupportedOperationException"),
            entry("Recordings IllegalArgumentException", "Diagnostics IllegalArgumentException"),
            entry("Recordings IllegalStateException", "Diagnostics IllegalStateException"),
            entry("Registration IllegalArgumentException", "SubsystemBuilder IllegalArgumentException"),
            entry("SettingsSource IllegalArgumentException", "SubsystemBuilder IllegalArgumentException"),
            entry("IntervalExpression IllegalArgumentException", "SubsystemBuilder IllegalArgumentException"),
            entry("RunContext IllegalArgumentException", "SubsystemContext IllegalArgumentException"),
            entry("StopSignal IllegalArgumentException", "SubsystemContext IllegalArgumentException"),
            entry("RunContext CancellationException", "SubsystemContext IllegalStateException"),
            entry("ShutdownCoordinator IllegalArgumentException", "Daemon IllegalArgumentException"),
            entry("Snapshots IllegalArgumentException", "Daemon IllegalArgumentException"),
            entry("Snapshot IllegalArgumentException", "ConfigSnapshot IllegalArgumentException"));

    /** They do not reach users, or not as they are. */
    private static final Set<String> INTERNAL = Set.of(
            // Caught where it matters: becomes a text, a line of the log, an answer, or the failure of a subsystem.
            "Call IllegalStateException", "CommandSender IOException", "Consumption ChannelEndedException",
            "ContentReader IOException", "CountedInterceptor NullPointerException", "Errors IllegalStateException",
            "ForeignSender IOException", "ForeignSender IllegalStateException", "HealthMonitor IllegalStateException",
            "NettySender IOException", "NotifySocket IllegalArgumentException", "Peers IOException", "PidFile IOException",
            "ProcessControl UnsupportedOperationException", "QuarkusProcess UncheckedIOException",
            "Registration NullPointerException", "Reload Rejection", "ReportFormat IllegalArgumentException",
            "ReportPlace FileSystemException", "RunMethodDecorator ExecutionException", "SocketFile IOException",
            "Thrown OutOfMemoryError", "TomlSource IOException", "Wire EOFException", "Wire Ended", "Wire TimedOut",
            // Only a bug leads there.
            "ContentReader LinkageError", "FileWatch IllegalArgumentException", "FileWatch IllegalStateException",
            "JacksonJson UncheckedIOException", "JsonTree IllegalStateException", "Lifecycle IllegalStateException",
            "LiveState IllegalStateException", "RunMonitors IllegalStateException", "Supervisor IllegalStateException",
            "SystemThreads LinkageError",
            // The contract of Flow.Publisher.
            "Subscribers NullPointerException",
            // Has the message of a DaemonException, with its code, for Quarkus.
            "StartFailure ConfigurationException");

    @Test
    void haveACodeOrAreDocumented() {
        Set<String> plain = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            for (JavaConstructorCall call : type.getConstructorCallsFromSelf()) {
                JavaClass made = call.getTargetOwner();
                if (made.isAssignableTo(Throwable.class) && !type.isAssignableTo(Throwable.class)
                        && !made.isAssignableTo(DaemonException.class)
                        // Made by the compiler, in a switch over an enum.
                        && !made.isEquivalentTo(IncompatibleClassChangeError.class)) {
                    plain.add(outermost(type).getSimpleName() + " " + made.getSimpleName());
                }
            }
        }
        Set<String> expected = new TreeSet<>(INTERNAL);
        expected.addAll(DOCUMENTED.keySet());
        assertThat(plain).isEqualTo(expected);
    }

    @Test
    void thoseWithoutACodeAreInTheJavadoc() throws IOException {
        for (Map.Entry<String, String> thrown : DOCUMENTED.entrySet()) {
            String[] documented = thrown.getValue().split(" ");
            assertThat(Files.readString(API.resolve(documented[0] + ".java"))).as(thrown.toString())
                    .containsPattern("(@throws |throw an \\{@link )" + documented[1]);
        }
    }

    @Test
    void allOfOursGetTheCodeFromTheirMaker() {
        for (JavaClass type : CLASSES) {
            if (type.isAssignableTo(DaemonException.class) && !type.isEquivalentTo(SubsystemNotFoundException.class)) {
                assertThat(type.getConstructors()).as(type.getName()).isNotEmpty()
                        .allSatisfy(
                                made -> assertThat(made.getRawParameterTypes().get(0).getSimpleName()).isEqualTo("ErrorCode"));
            }
        }
    }

    private static JavaClass outermost(JavaClass type) {
        JavaClass outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }
}
