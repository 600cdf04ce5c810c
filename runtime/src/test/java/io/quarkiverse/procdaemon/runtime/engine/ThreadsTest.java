package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.runtime.engine.thread.SystemThreads;

@Timeout(60)
class ThreadsTest {

    private static Thread bodyThread(ThreadKind kind) {
        CompletableFuture<Thread> seen = new CompletableFuture<>();
        TestDaemon daemon = new TestDaemon();
        daemon.add("worker").run(context -> {
            seen.complete(Thread.currentThread());
            context.await();
        }).settings(settings -> settings.withThread(kind));
        daemon.started();
        Thread thread = TestDaemon.get(seen);
        daemon.stop();
        return thread;
    }

    private static boolean isVirtual(Thread thread) {
        return thread.getThreadGroup() != null && thread.getThreadGroup().getName().equals("VirtualThreads")
                || thread.getClass().getName().contains("Virtual");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void bodiesRunOnVirtualThreadsWhereThereAreSome() {
        assertThat(SystemThreads.hasVirtual()).isTrue();
        assertThat(isVirtual(bodyThread(ThreadKind.AUTO))).isTrue();
        assertThat(isVirtual(bodyThread(ThreadKind.VIRTUAL))).isTrue();
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_20)
    void bodiesRunOnPlatformThreadsWhereThereAreNone() {
        assertThat(SystemThreads.hasVirtual()).isFalse();
        assertThat(isVirtual(bodyThread(ThreadKind.AUTO))).isFalse();
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_20)
    void askingForAVirtualThreadWhereThereIsNoneFailsTheStart() {
        TestDaemon daemon = new TestDaemon();
        daemon.add("worker").onStart(context -> {
        }).settings(settings -> settings.withThread(ThreadKind.VIRTUAL));
        assertThatThrownBy(() -> daemon.engine().start())
                .hasMessageContaining("PD-9001: a virtual thread was asked for 'worker', but this JVM (Java ")
                .hasRootCauseInstanceOf(DaemonStateException.class);
    }

    @Test
    void aPlatformThreadIsADaemonThreadWithTheNameOfItsSubsystem() {
        Thread thread = bodyThread(ThreadKind.PLATFORM);
        assertThat(isVirtual(thread)).isFalse();
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getName()).isEqualTo("worker");
    }

    @ParameterizedTest
    @EnumSource(value = ThreadKind.class, names = { "AUTO", "PLATFORM" })
    void noThreadInheritsTheThreadLocalsOfWhoeverStartsIt(ThreadKind kind) {
        InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
        CompletableFuture<String> seen = new CompletableFuture<>();
        local.set("of the starter");
        try {
            new SystemThreads().start(kind, "worker", () -> seen.complete(String.valueOf(local.get())));
            assertThat(TestDaemon.get(seen)).isEqualTo("null");
        } finally {
            local.remove();
        }
    }

    @Test
    void theContextClassLoaderIsThatOfTheMakerWhoeverStartsTheThread() {
        ClassLoader mine = new ClassLoader(getClass().getClassLoader()) {
        };
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        SystemThreads threads;
        Thread.currentThread().setContextClassLoader(mine);
        try {
            threads = new SystemThreads();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
        CompletableFuture<ClassLoader> seen = new CompletableFuture<>();
        threads.start(ThreadKind.AUTO, "any", () -> seen.complete(Thread.currentThread().getContextClassLoader()));
        assertThat(TestDaemon.get(seen)).isSameAs(mine);
    }
}
