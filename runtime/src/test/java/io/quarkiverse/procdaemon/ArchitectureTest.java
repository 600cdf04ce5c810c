package io.quarkiverse.procdaemon;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** The arrows and sizes that the rooms' package-info pages promise. */
@Tag("any-jdk")
class ArchitectureTest {

    private static final String ROOT = "io.quarkiverse.procdaemon";
    private static final String ENGINE = ROOT + ".runtime.engine";
    private static final String NULLNESS = "org.jspecify.annotations";
    private static final Path SOURCES = Path.of("src/main/java");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(ROOT);

    @Test
    void theEngineKnowsOnlyTheJdkThePublicApiAndTheLogger() {
        classes().that().resideInAPackage(ENGINE + "..")
                .should().onlyDependOnClassesThat().resideInAnyPackage("java..", NULLNESS, ROOT, ROOT + ".event", ENGINE + "..",
                        "org.jboss.logging")
                .check(CLASSES);
    }

    @Test
    void thePublicApiKnowsNothingOfWhatIsBehindIt() {
        noClasses().that().resideInAnyPackage(ROOT, ROOT + ".event")
                .should().dependOnClassesThat().resideInAPackage(ROOT + ".runtime..").check(CLASSES);
    }

    @Test
    void theRoomsOfTheEngineHaveOneWayDoors() {
        room("time");
        room("foreign");
        room("log");
        room("graph", "time");
        room("loop", "time");
        room("events", "time", "loop", "foreign", "log");
        room("run", "graph", "time", "loop", "foreign", "log");
        room("supervisor", "graph", "time", "loop", "foreign", "log", "events", "run");
        room("shutdown", "time", "foreign", "loop", "events", "run", "supervisor");
    }

    private static void room(String name, String... mayEnter) {
        String[] others = Stream.concat(Stream.of(name), Stream.of(mayEnter)).map(room -> ENGINE + "." + room)
                .toArray(String[]::new);
        noClasses().that().resideInAPackage(ENGINE + "." + name)
                .should().dependOnClassesThat(resideInAPackage(ENGINE + "..").and(not(resideInAnyPackage(others))))
                .check(CLASSES);
    }

    @Test
    void adaptersDoNotKnowEachOtherAndNothingKnowsTheWiring() {
        slices().matching(ROOT + ".runtime.(*)..").namingSlices("adapter $1")
                .that(DescribedPredicate.describe("are adapters",
                        slice -> !List.of("engine", "config", "json", "view", "wiring").contains(slice.getNamePart(1))))
                .should().notDependOnEachOther().allowEmptyShould(true).check(CLASSES);
        noClasses().that().resideOutsideOfPackage(ROOT + ".runtime.wiring..")
                .should().dependOnClassesThat().resideInAPackage(ROOT + ".runtime.wiring..").check(CLASSES);
    }

    @Test
    void metricsKnowWhatTheirPageSaysAndNobodyElseKnowsMicrometer() {
        classes().that().resideInAPackage(ROOT + ".runtime.metrics")
                .should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", NULLNESS, "jakarta..", ROOT, ROOT + ".event", ENGINE,
                        ENGINE + ".events", ROOT + ".runtime.config", ROOT + ".runtime.metrics", "io.micrometer..",
                        "io.quarkus.runtime")
                .check(CLASSES);
        noClasses().that().resideOutsideOfPackage(ROOT + ".runtime.metrics")
                .should().dependOnClassesThat().resideInAPackage("io.micrometer..").check(CLASSES);
    }

    @Test
    void onlyTheTracingRoomKnowsOpenTelemetryAndItKnowsWhatItsPageSays() {
        noClasses().that().resideOutsideOfPackage(ROOT + ".runtime.tracing")
                .should().dependOnClassesThat().resideInAPackage("io.opentelemetry..").check(CLASSES);
        classes().that().resideInAPackage(ROOT + ".runtime.tracing")
                .should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", NULLNESS, "jakarta..", "io.opentelemetry.api..",
                        ROOT, ROOT + ".event", ENGINE + ".events", ENGINE + ".foreign", ROOT + ".runtime.tracing")
                .check(CLASSES);
    }

    @Test
    void onlyTheScheduleKnowsTheScheduler() {
        noClasses().that().resideOutsideOfPackage(ROOT + ".runtime.schedule")
                .should().dependOnClassesThat().resideInAPackage("io.quarkus.scheduler..").check(CLASSES);
        classes().that().resideInAPackage(ROOT + ".runtime.schedule")
                .should().onlyDependOnClassesThat().resideInAnyPackage("java..", NULLNESS, "jakarta..", "io.quarkus.arc",
                        "io.quarkus.scheduler..", "io.smallrye.common.vertx", "io.smallrye.mutiny..", ROOT, ROOT + ".event",
                        ENGINE + "..",
                        ROOT + ".runtime.schedule")
                .check(CLASSES);
    }

    @Test
    void onlyTheRoomsOfServersKnowVertxAndOnlyTheHttpRoomKnowsHttp() {
        noClasses().that().resideOutsideOfPackages(ROOT + ".runtime.http", ROOT + ".runtime.grpc", ROOT + ".runtime.status")
                .should().dependOnClassesThat().resideInAnyPackage("io.vertx..", "io.quarkus.vertx..").check(CLASSES);
        classes().that().resideInAPackage(ROOT + ".runtime.http")
                .should().onlyDependOnClassesThat().resideInAnyPackage("java..", NULLNESS, "jakarta..", ENGINE + ".shutdown",
                        ENGINE + ".time", ROOT + ".runtime.http", "io.vertx.core", "io.vertx.core.http",
                        "io.vertx.core.net.impl", "io.vertx.ext.web", "io.netty..",
                        "io.quarkus.vertx.http.runtime", "io.quarkus.vertx.http.runtime.filters",
                        "io.quarkus.websockets.next..", "org.jboss.logging")
                .check(CLASSES);
    }

    @Test
    void onlyTheGrpcRoomKnowsGrpc() {
        noClasses().that().resideOutsideOfPackage(ROOT + ".runtime.grpc")
                .should().dependOnClassesThat().resideInAnyPackage("io.grpc..", "grpc..", "io.quarkus.grpc..").check(CLASSES);
        classes().that().resideInAPackage(ROOT + ".runtime.grpc")
                .should().onlyDependOnClassesThat().resideInAnyPackage("java..", NULLNESS, "jakarta..", ROOT, ROOT + ".event",
                        ENGINE + "..", ROOT + ".runtime.grpc", "io.grpc..", "grpc.health.v1", "io.quarkus.grpc..",
                        "io.smallrye.common.vertx", "io.vertx.core", "io.vertx.core.http", "io.vertx.ext.web")
                .check(CLASSES);
    }

    @Test
    void onlyTheTomlRoomKnowsToml() {
        noClasses().that().resideOutsideOfPackages(ROOT + ".runtime.reload.toml", ROOT + ".runtime.json")
                .should().dependOnClassesThat().resideInAnyPackage("com.fasterxml..", ROOT + ".runtime.reload.toml")
                .check(CLASSES);
        classes().that().resideInAPackage(ROOT + ".runtime.reload.toml")
                .should().onlyDependOnClassesThat().resideInAnyPackage("java..", NULLNESS, "com.fasterxml.jackson..",
                        "io.quarkus.runtime.configuration", "io.smallrye.config", "org.eclipse.microprofile.config.spi",
                        ROOT + ".runtime.reload.toml")
                .check(CLASSES);
    }

    @Test
    void onlyTheSignalRoomKnowsSignals() {
        noClasses().that()
                .resideOutsideOfPackages(ROOT + ".runtime.signal", ROOT + ".runtime.diagnostics", ROOT + ".runtime.control",
                        ROOT + ".runtime.jfr")
                .should().dependOnClassesThat().resideInAnyPackage("sun..", "jdk..").check(CLASSES);
        classes().that().resideInAPackage(ROOT + ".runtime.signal")
                .should().onlyDependOnClassesThat().resideInAnyPackage("java..", NULLNESS, "sun.misc", ROOT, ROOT + ".event",
                        ENGINE + "..", ROOT + ".runtime.config", ROOT + ".runtime.signal", "org.jboss.logging",
                        "io.quarkus.runtime..",
                        "io.smallrye.config")
                .check(CLASSES);
    }

    @Test
    void onlyDiagnosticsAndTheJfrRoomKnowTheFlightRecorderAndTheyKnowWhatTheirPagesSay() {
        noClasses().that().resideOutsideOfPackages(ROOT + ".runtime.diagnostics", ROOT + ".runtime.jfr")
                .should().dependOnClassesThat().resideInAnyPackage("jdk.jfr..", "org.graalvm..").check(CLASSES);
        classes().that().resideInAPackage(ROOT + ".runtime.jfr")
                .should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", NULLNESS, "jdk.jfr", "jakarta.inject", ROOT, ROOT + ".event",
                        ENGINE + ".events", ENGINE + ".foreign", ROOT + ".runtime.jfr")
                .check(CLASSES);
        classes().that().resideInAPackage(ROOT + ".runtime.diagnostics")
                .should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", NULLNESS, "com.sun.management", "jdk.jfr", "org.graalvm.nativeimage", ROOT,
                        ROOT + ".event", ENGINE, ENGINE + ".foreign", ENGINE + ".run", ENGINE + ".time",
                        ROOT + ".runtime.config", ROOT + ".runtime.diagnostics", "io.quarkus.arc", "io.smallrye.config",
                        "org.eclipse.microprofile.config", "org.jboss.logging")
                .check(CLASSES);
    }

    @Test
    void theResourcesRoomKnowsWhatItsPageSays() {
        classes().that().resideInAPackage(ROOT + ".runtime.resources")
                .should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "javax.management..", NULLNESS, "com.sun.management", ROOT, ROOT + ".event",
                        ENGINE,
                        ENGINE + ".events", ROOT + ".runtime.config", ROOT + ".runtime.resources", "org.jboss.logging")
                .check(CLASSES);
    }

    @Test
    void theSystemdRoomKnowsWhatItsPageSays() {
        classes().that().resideInAPackage(ROOT + ".runtime.systemd")
                .should().onlyDependOnClassesThat().resideInAnyPackage("java..", NULLNESS, ROOT, ROOT + ".event",
                        ENGINE + "..", ROOT + ".runtime.systemd", "org.jboss.logging")
                .check(CLASSES);
    }

    @Test
    void theControlRoomKnowsWhatItsPageSays() {
        String control = ROOT + ".runtime.control";
        classes().that().resideInAPackage(control)
                .should().onlyDependOnClassesThat().resideInAnyPackage("java..", NULLNESS, "jdk.net", "jakarta..", ROOT,
                        ROOT + ".event", ENGINE, ENGINE + ".events", ENGINE + ".foreign", ENGINE + ".time",
                        ROOT + ".runtime.config", ROOT + ".runtime.json", ROOT + ".runtime.view", control, "org.jboss.logging",
                        "org.jboss.logmanager", "io.quarkus.runtime")
                .check(CLASSES);
    }

    @Test
    void theJsonRoomIsALeafAndOnlyOneClassOfItKnowsJackson() {
        String json = ROOT + ".runtime.json";
        classes().that().resideInAPackage(json)
                .should().onlyDependOnClassesThat().resideInAnyPackage("java..", NULLNESS, "jakarta.inject", ROOT,
                        ROOT + ".event", json, "com.fasterxml.jackson.core..")
                .check(CLASSES);
        noClasses().that().haveSimpleNameNotEndingWith("JacksonJson").and().resideInAPackage(json)
                .should().dependOnClassesThat().resideInAPackage("com.fasterxml..").check(CLASSES);
    }

    @Test
    void theViewRoomKnowsWhatItsPageSays() {
        classes().that().resideInAPackage(ROOT + ".runtime.view")
                .should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", NULLNESS, ROOT, ROOT + ".event", ENGINE, ROOT + ".runtime.view")
                .check(CLASSES);
    }

    @Test
    void theStatusRoomKnowsWhatItsPageSays() {
        classes().that().resideInAPackage(ROOT + ".runtime.status")
                .should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", NULLNESS, "jakarta.inject", ROOT, ROOT + ".event", ENGINE, ENGINE + ".events",
                        ENGINE + ".foreign", ROOT + ".runtime.json", ROOT + ".runtime.view", ROOT + ".runtime.status",
                        "io.quarkus.arc", "io.quarkus.runtime.annotations", "io.vertx.core", "io.vertx.core.buffer",
                        "io.vertx.core.http",
                        "io.vertx.ext.web")
                .check(CLASSES);
    }

    @Test
    void theReportRoomKnowsWhatItsPageSays() {
        classes().that().resideInAPackage(ROOT + ".runtime.report")
                .should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", NULLNESS, ROOT, ROOT + ".event", ENGINE + ".events", ENGINE + ".foreign",
                        ROOT + ".runtime.report", "org.jboss.logging")
                .check(CLASSES);
    }

    @Test
    void theProcessRoomKnowsWhatItsPageSays() {
        classes().that().resideInAPackage(ROOT + ".runtime.process")
                .should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", NULLNESS, ROOT, ENGINE, ENGINE + ".foreign", ROOT + ".runtime.process",
                        "org.jboss.logging")
                .check(CLASSES);
    }

    @Test
    void theWatchRoomKnowsWhatItsPageSaysAndOnlyTheReloadKnowsIt() {
        String watch = ROOT + ".runtime.reload.watch";
        classes().that().resideInAPackage(watch)
                .should().onlyDependOnClassesThat().resideInAnyPackage("java..", NULLNESS, watch, "org.jboss.logging")
                .check(CLASSES);
        noClasses().that().resideOutsideOfPackages(watch, ROOT + ".runtime.reload")
                .should().dependOnClassesThat().resideInAPackage(watch).check(CLASSES);
    }

    @Test
    void aReaderOfTheReloadMeetsFewTypes() {
        assertThat(closure(ROOT + ".runtime.reload.HotReload")).hasSizeLessThanOrEqualTo(80);
    }

    @Test
    void aReaderOfTheSupervisorMeetsFewTypesOfTheEngine() {
        assertThat(closure(ENGINE + ".supervisor.Supervisor").stream().filter(type -> type.startsWith(ENGINE)))
                .hasSizeLessThanOrEqualTo(47);
    }

    @Test
    void fewTypesOfTheEngineKnowEachOtherInACircle() {
        Map<String, Set<String>> closures = CLASSES.stream().filter(type -> type.getName().startsWith(ENGINE))
                .map(type -> topLevel(type).getName()).distinct().collect(Collectors.toMap(name -> name,
                        ArchitectureTest::closure));
        closures.forEach((name, met) -> assertThat(met.stream().filter(closures::containsKey)
                .filter(other -> closures.get(other).contains(name))).as("in a circle with " + name)
                .hasSizeLessThanOrEqualTo(4));
    }

    /** The types of ours that one must know to understand this one, by following what it depends on. */
    private static Set<String> closure(String name) {
        Set<String> met = new TreeSet<>();
        Deque<String> ahead = new ArrayDeque<>(List.of(name));
        while (!ahead.isEmpty()) {
            String next = ahead.remove();
            if (met.add(next)) {
                CLASSES.stream().filter(type -> topLevel(type).getName().equals(next))
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .map(dependency -> topLevel(dependency.getTargetClass().getBaseComponentType()).getName())
                        .filter(other -> other.startsWith(ROOT + ".")).forEach(ahead::add);
            }
        }
        return met;
    }

    private static JavaClass topLevel(JavaClass type) {
        JavaClass top = type;
        while (top.getEnclosingClass().isPresent()) {
            top = top.getEnclosingClass().get();
        }
        return top;
    }

    @Test
    void configurationIsALeaf() {
        noClasses().that().resideInAPackage(ROOT + ".runtime.config..")
                .should().dependOnClassesThat(resideInAPackage(ROOT + ".runtime..")
                        .and(not(resideInAPackage(ROOT + ".runtime.config.."))))
                .allowEmptyShould(true).check(CLASSES);
    }

    @Test
    void thereIsNoCycleBetweenPackages() {
        slices().assignedFrom(new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                // Events and the rest of the public API speak of each other.
                String name = type.getPackageName();
                return SliceIdentifier.of(name.equals(ROOT + ".event") ? ROOT : name);
            }

            @Override
            public String getDescription() {
                return "packages";
            }
        }).should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void noClassIsLongerThan250LinesAndEveryRoomHasAPage() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources).isNotEmpty().allSatisfy(
                    file -> assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(250));
            assertThat(sources.stream().map(Path::getParent).distinct())
                    .allSatisfy(room -> assertThat(room.resolve("package-info.java")).exists());
        }
    }

    @Test
    void roomsSayWhatMayBeNull() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            assertThat(files.filter(file -> file.endsWith("package-info.java")))
                    .hasSizeGreaterThan(10)
                    .allSatisfy(file -> assertThat(file).content().contains("@NullMarked"));
        }
    }
}
