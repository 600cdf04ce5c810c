package io.quarkiverse.procdaemon.deployment.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;

/** Ten of a thousand health checks hang and ignore their interrupts: the endpoint answers, and the others are called. */
class ManyHungProbesTest {

    private static final int MANY = 1_000;
    private static final int HUNG = 10;
    /** Those that hang, and those that all others share. */
    private static final int THREADS = HUNG + 4;

    private static final AtomicInteger HANGING = new AtomicInteger();
    private static final AtomicInteger ANSWERS = new AtomicInteger();
    private static final CountDownLatch RELEASE = new CountDownLatch(1);

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.health())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, First.class))
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.health.interval", "1s")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.health.timeout", "500ms");

    @Subsystem
    static class First {
    }

    @Inject
    Daemon daemon;

    @Test
    void theEndpointAnswersAndTheOthersAreCalled() throws Exception {
        try {
            CompletableFuture<?>[] registered = new CompletableFuture<?>[MANY];
            for (int i = 0; i < MANY; i++) {
                boolean hangs = i % (MANY / HUNG) == 0;
                registered[i] = daemon.newSubsystem("s" + i).critical(!hangs)
                        .healthy(() -> hangs ? hang() : ANSWERS.incrementAndGet() > 0).register().toCompletableFuture();
            }
            CompletableFuture.allOf(registered).get(60, TimeUnit.SECONDS);
            Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> HANGING.get() == HUNG);
            Awaitility.await().atMost(60, TimeUnit.SECONDS)
                    .until(() -> daemon.subsystems().stream().filter(info -> !info.healthy()).count() == HUNG);
            int before = ANSWERS.get();
            for (int i = 0; i < 50; i++) {
                RestAssured.get("/q/health/ready").then().statusCode(200).body("checks", hasSize(MANY + 1));
            }
            Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> ANSWERS.get() >= before + 2 * MANY);
            assertThat(HANGING).as("called once each").hasValue(HUNG);
            assertThat(Thread.getAllStackTraces().keySet()).filteredOn(thread -> isProbeThread(thread.getName()))
                    .as("threads of health checks").hasSizeLessThanOrEqualTo(THREADS);
        } finally {
            RELEASE.countDown();
        }
    }

    private static boolean isProbeThread(String name) {
        return name.equals("proc-daemon-probes") || name.endsWith("-health");
    }

    private static boolean hang() {
        HANGING.incrementAndGet();
        while (RELEASE.getCount() > 0) {
            try {
                RELEASE.await();
            } catch (InterruptedException ignored) {
                // As code that does not know what an interrupt is for.
            }
        }
        return true;
    }
}
