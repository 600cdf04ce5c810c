package io.quarkiverse.procdaemon.deployment.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;
import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.Subsystem;

class DiscoveryTest {

    @Subsystem
    static class LineIngest {
    }

    @Subsystem(value = "x.y", dependsOn = LineIngest.class, dependsOnNames = "z", restart = RestartPolicy.NEVER, critical = false)
    static class Named {
    }

    static class Base {
        @OnStart
        void open() {
        }

        @Run
        void run() {
        }

        @OnStop
        void close() {
        }
    }

    @Subsystem
    static class Derived extends Base {
        @Override
        @OnStart
        void open() {
        }

        @Override
        void close() {
        }
    }

    static class Stranger {
        @Run
        void run() {
        }
    }

    @Test
    void readsDefaults() {
        SubsystemClass subsystem = discover(LineIngest.class).classes().get(0);
        assertThat(subsystem.name()).isEqualTo("line-ingest");
        assertThat(subsystem.dependsOn()).isEmpty();
        assertThat(subsystem.dependsOnNames()).isEmpty();
        assertThat(subsystem.restart()).isEqualTo(RestartPolicy.ON_FAILURE);
        assertThat(subsystem.critical()).isTrue();
        assertThat(subsystem.eligibility()).isEqualTo(Eligibility.ENABLED);
    }

    @Test
    void readsWhatIsDeclared() {
        SubsystemClass subsystem = discover(Named.class).classes().get(0);
        assertThat(subsystem.name()).isEqualTo("x.y");
        assertThat(subsystem.dependsOn()).containsExactly(DotName.createSimple(LineIngest.class));
        assertThat(subsystem.dependsOnNames()).containsExactly("z");
        assertThat(subsystem.restart()).isEqualTo(RestartPolicy.NEVER);
        assertThat(subsystem.critical()).isFalse();
    }

    @Test
    void anOverridingMethodReplacesTheOverriddenOneAndItsAnnotation() {
        Subsystems found = discover(Base.class, Derived.class);
        assertThat(found.classes().get(0).methods()).extracting(SubsystemMethod::location).containsExactly(
                Derived.class.getName() + ".open()", Base.class.getName() + ".run()");
        assertThat(found.strays()).isEmpty();
    }

    @Test
    void aMethodOutsideOfAnySubsystemIsAStray() {
        Subsystems found = discover(LineIngest.class, Stranger.class);
        assertThat(found.strays()).extracting(stray -> stray.method().location())
                .containsExactly(Stranger.class.getName() + ".run()");
    }

    private static Subsystems discover(Class<?>... types) {
        try {
            Index index = Index.of(types);
            return Discovery.discover(Index.of(withSubsystem(types)), index.getKnownClasses().stream().collect(
                    Collectors.toMap(type -> type.name(),
                            type -> new SubsystemBean(DotName.createSimple(Singleton.class), Precedence.PLAIN, List.of()))),
                    type -> false, List.of());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Class<?>[] withSubsystem(Class<?>... types) {
        Class<?>[] all = Arrays.copyOf(types, types.length + 1);
        all[types.length] = Subsystem.class;
        return all;
    }
}
