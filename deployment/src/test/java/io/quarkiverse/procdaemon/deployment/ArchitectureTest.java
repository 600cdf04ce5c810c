package io.quarkiverse.procdaemon.deployment;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** Keeps the arrows between the rooms of the build. */
@Tag("any-jdk")
class ArchitectureTest {

    private static final String ROOT = "io.quarkiverse.procdaemon.deployment";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(ROOT);

    @Test
    void roomsFormNoCycle() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void whatIsForOtherExtensionsKnowsWhatItsPageSays() {
        classes().that().resideInAPackage(ROOT).should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify.annotations", "io.quarkiverse.procdaemon", ROOT,
                        "io.quarkus.builder.item", "io.quarkus.runtime")
                .check(CLASSES);
    }

    @Test
    void discoveryKnowsNoOtherRoom() {
        noClasses().that().resideInAPackage(ROOT + ".discovery").should().dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".validation", ROOT + ".wiring", ROOT + ".health", ROOT + ".metrics",
                        ROOT + ".schedule", ROOT + ".http", ROOT + ".grpc", ROOT + ".reload")
                .check(CLASSES);
    }

    @Test
    void nothingImportsWiring() {
        noClasses().that().resideOutsideOfPackage(ROOT + ".wiring").should().dependOnClassesThat()
                .resideInAPackage(ROOT + ".wiring").check(CLASSES);
    }

    @Test
    void onlyWiringKnowsTheWiringOfTheRuntime() {
        noClasses().that().resideOutsideOfPackage(ROOT + ".wiring").should().dependOnClassesThat()
                .resideInAPackage("io.quarkiverse.procdaemon.runtime.wiring").check(CLASSES);
    }

    @Test
    void metricsKnowWhatTheirPageSays() {
        classes().that().resideInAPackage(ROOT + ".metrics").should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify.annotations",
                        "io.quarkus..", "io.quarkiverse.procdaemon.runtime.config", ROOT + ".metrics")
                .check(CLASSES);
        noClasses().should().dependOnClassesThat()
                .resideInAnyPackage("io.quarkiverse.procdaemon.runtime.metrics", "io.micrometer..").check(CLASSES);
    }

    @Test
    void httpKnowsWhatItsPageSays() {
        classes().that().resideInAPackage(ROOT + ".http").should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify.annotations",
                        "io.quarkus.arc.deployment", "io.quarkus.deployment..", ROOT + ".http")
                .check(CLASSES);
        noClasses().that().resideOutsideOfPackage(ROOT + ".status").should().dependOnClassesThat()
                .resideInAnyPackage("io.quarkiverse.procdaemon.runtime.http", "io.vertx..", "io.quarkus.vertx..")
                .check(CLASSES);
    }

    @Test
    void statusKnowsWhatItsPageSays() {
        classes().that().resideInAPackage(ROOT + ".status").should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify.annotations", "org.jboss.logging", "io.quarkus.arc.deployment",
                        "io.quarkus.deployment..", "io.quarkus.vertx.http.deployment.spi", "io.vertx.core",
                        "io.quarkiverse.procdaemon.runtime.config", "io.quarkiverse.procdaemon.runtime.status",
                        ROOT + ".status")
                .check(CLASSES);
    }

    @Test
    void grpcKnowsWhatItsPageSays() {
        classes().that().resideInAPackage(ROOT + ".grpc").should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify.annotations",
                        "io.quarkus.arc.deployment", "io.quarkus.deployment..", ROOT + ".grpc")
                .check(CLASSES);
        noClasses().should().dependOnClassesThat().resideInAnyPackage("io.quarkiverse.procdaemon.runtime.grpc",
                "io.grpc..", "io.quarkus.grpc..").check(CLASSES);
    }

    @Test
    void kubernetesKnowsWhatItsPageSaysAndOnlyItsDecoratorKnowsManifests() {
        classes().that().resideInAPackage(ROOT + ".kubernetes").should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify.annotations", "org.eclipse.microprofile.config",
                        "io.dekorate..", "io.fabric8..", "io.quarkus.deployment..", "io.quarkus.kubernetes.spi",
                        "io.quarkiverse.procdaemon.runtime.engine.graph", "io.quarkiverse.procdaemon.runtime.engine.time",
                        ROOT + ".validation", ROOT + ".kubernetes")
                .check(CLASSES);
        noClasses().that().doNotHaveSimpleName("PodDecorator").should().dependOnClassesThat()
                .resideInAnyPackage("io.dekorate..", "io.fabric8..").check(CLASSES);
        noClasses().that().resideOutsideOfPackage(ROOT + ".kubernetes").should().dependOnClassesThat()
                .resideInAnyPackage("io.quarkus.kubernetes..").check(CLASSES);
    }

    @Test
    void messagingKnowsWhatItsPageSays() {
        classes().that().resideInAPackage(ROOT + ".messaging").should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify.annotations", "jakarta.inject",
                        "org.jboss.jandex", "org.eclipse.microprofile.config", "io.quarkus.arc..", "io.quarkus.builder.item",
                        "io.quarkus.deployment..", "io.quarkus.runtime", "io.quarkiverse.procdaemon.runtime.messaging",
                        ROOT + ".discovery", ROOT + ".validation", ROOT + ".messaging")
                .check(CLASSES);
        noClasses().should().dependOnClassesThat().resideInAnyPackage("io.smallrye.reactive.messaging..",
                "org.eclipse.microprofile.reactive.messaging..").check(CLASSES);
    }

    @Test
    void reloadKnowsWhatItsPageSays() {
        classes().that().resideInAPackage(ROOT + ".reload").should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify.annotations",
                        "jakarta..", "org.jboss.jandex", "org.eclipse.microprofile.config.inject", "io.smallrye.config",
                        "io.quarkus.arc..", "io.quarkus.bootstrap.classloading", "io.quarkus.builder.item",
                        "io.quarkus.deployment..",
                        "io.quarkiverse.procdaemon",
                        "io.quarkiverse.procdaemon.runtime.reload", ROOT + ".validation", ROOT + ".reload")
                .check(CLASSES);
    }

    @Test
    void diagnosticsKnowWhatTheirPageSays() {
        classes().that().resideInAPackage(ROOT + ".diagnostics").should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify.annotations", "jakarta.enterprise.context", "org.jboss.jandex",
                        "io.quarkus.arc..", "io.quarkus.builder.item", "io.quarkus.deployment..", "io.quarkiverse.procdaemon",
                        "io.quarkiverse.procdaemon.runtime.config", "io.quarkiverse.procdaemon.runtime.diagnostics",
                        "io.quarkiverse.procdaemon.runtime.engine", ROOT + ".diagnostics")
                .check(CLASSES);
    }

    @Test
    void jfrKnowsWhatItsPageSays() {
        classes().that().resideInAPackage(ROOT + ".jfr").should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify.annotations", "io.quarkus.arc.deployment",
                        "io.quarkus.deployment..", "io.quarkiverse.procdaemon.runtime.jfr", ROOT + ".diagnostics",
                        ROOT + ".jfr")
                .check(CLASSES);
    }

    @Test
    void systemdKnowsWhatItsPageSays() {
        classes().that().resideInAPackage(ROOT + ".systemd").should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify.annotations", "org.eclipse.microprofile.config",
                        "io.quarkus.deployment..", "io.quarkus.runtime.configuration", "io.quarkiverse.procdaemon",
                        "io.quarkiverse.procdaemon.runtime.config", "io.quarkiverse.procdaemon.runtime.engine.graph",
                        "io.quarkiverse.procdaemon.runtime.engine.time", ROOT + ".validation", ROOT + ".systemd")
                .check(CLASSES);
        noClasses().should().dependOnClassesThat().resideInAPackage("io.quarkiverse.procdaemon.runtime.systemd")
                .check(CLASSES);
    }

    @Test
    void validationIsPure() {
        noClasses().that().resideInAPackage(ROOT + ".validation").and().haveSimpleNameNotEndingWith("Processor").and()
                .haveSimpleNameNotEndingWith("BuildItem").should().dependOnClassesThat()
                .resideInAPackage("io.quarkus..").check(CLASSES);
    }

    @Test
    void processorsArePackagePrivate() {
        classes().that().haveSimpleNameEndingWith("Processor").should().bePackagePrivate().check(CLASSES);
    }

    @Test
    void everyRoomSaysWhatItIs() {
        assertThat(CLASSES.stream().map(type -> type.getPackage()).distinct())
                .allSatisfy(room -> assertThat(room.tryGetPackageInfo()).as(room.getName()).isPresent());
    }
}
