package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.runtime.engine.loop.SystemThreads;

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

    /** The thread that the task was given, which it has run on. */
    private static Thread reused(SystemThreads threads, String name, Consumer<Thread> task) {
        CompletableFuture<Thread> seen = new CompletableFuture<>();
        threads.reuseOrRun(name, () -> {
            try {
                task.accept(Thread.currentThread());
                seen.complete(Thread.currentThread());
            } catch (Throwable failure) {
                seen.completeExceptionally(failure);
            }
        });
        return TestDaemon.get(seen);
    }

    private static Thread reused(SystemThreads threads, String name) {
        return reused(threads, name, thread -> assertThat(thread.getName()).isEqualTo(name));
    }

    @Test
    void aThreadThatHasNothingToDoIsUsedAgainUnderItsNewName() {
        SystemThreads threads = new SystemThreads();
        untilTheyAreTheSame(() -> reused(threads, "one"), () -> reused(threads, "another"));
        assertThat(isVirtual(reused(threads, "one"))).isFalse();
        assertThat(reused(threads, "one").isDaemon()).isTrue();
    }

    @Test
    void nothingWaitsForAThreadThatIsBusy() {
        SystemThreads threads = new SystemThreads();
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Thread> busy = new CompletableFuture<>();
        threads.reuseOrRun("busy", () -> {
            busy.complete(Thread.currentThread());
            TestDaemon.ignoringInterrupts(release);
        });
        assertThat(reused(threads, "other")).isNotSameAs(TestDaemon.get(busy));
        release.countDown();
    }

    @Test
    void aThreadThatIsUsedAgainHasTheContextClassLoaderOfTheMaker() {
        SystemThreads threads = new SystemThreads();
        ClassLoader mine = Thread.currentThread().getContextClassLoader();
        untilTheyAreTheSame(() -> reused(threads, "any", thread -> thread.setContextClassLoader(null)),
                () -> reused(threads, "any", thread -> assertThat(thread.getContextClassLoader()).isSameAs(mine)));
    }

    /** A thread is idle a moment after its task has ended, and not for long. */
    private static void untilTheyAreTheSame(Supplier<Thread> one, Supplier<Thread> other) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (one.get() != other.get()) {
            assertThat(System.nanoTime()).as("a thread is used again some day").isLessThan(end);
        }
    }
}
