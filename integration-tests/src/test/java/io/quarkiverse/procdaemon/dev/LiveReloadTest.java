package io.quarkiverse.procdaemon.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

import org.jboss.logmanager.ExtLogRecord;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.process.FreePort;
import io.quarkus.test.QuarkusDevModeTest;
import io.restassured.RestAssured;

/** A live reload ends the old subsystem, its thread and its socket before the new one starts. */
class LiveReloadTest {

    private static final int PORT = FreePort.any();
    private static final int HTTP_PORT = FreePort.any();

    // Platform threads, for virtual ones cannot be listed.
    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest()
            .withApplicationRoot(jar -> jar.addClasses(Beacon.class).addAsResource(
                    new StringAsset("quarkus.http.port=" + HTTP_PORT + "\nbeacon.port=" + PORT
                            + "\nquarkus.proc-daemon.subsystem.thread=platform"),
                    "application.properties"))
            .setLogRecordPredicate(line -> ExtLogRecord.wrap(line).getFormattedMessage().contains("FAILED for good"));

    @Test
    void leavesNothingBehind() throws IOException {
        ready(200);
        assertThat(beacon()).isEqualTo("version 1");
        for (int version = 2; version <= 4; version++) {
            Set<Thread> before = threadsOfTheDaemon();
            String old = "version " + (version - 1);
            String next = "version " + version;
            APPLICATION.modifySourceFile(Beacon.class, source -> source.replace(old, next));
            ready(200);
            assertThat(beacon()).isEqualTo(next);
            assertThat(before).isNotEmpty().noneMatch(Thread::isAlive);
            assertThat(threadsOfTheDaemon()).filteredOn(thread -> thread.getName().startsWith("beacon")).hasSize(1);
        }
    }

    @Test
    void afterAReloadThatFailedTheNextOneStarts() throws IOException {
        ready(200);
        Set<Thread> before = threadsOfTheDaemon();
        APPLICATION.modifySourceFile(Beacon.class,
                source -> source.replace("server = ", "if (true) throw new IOException(); server = "));
        ready(500);
        assertThat(APPLICATION.getLogRecords()).map(line -> ExtLogRecord.wrap(line).getFormattedMessage()).singleElement()
                .asString().startsWith("beacon#1 STOPPING -> FAILED for good: its start failed, which is not tried again");
        assertThat(before).noneMatch(Thread::isAlive);
        assertThat(threadsOfTheDaemon()).isEmpty();

        APPLICATION.modifySourceFile(Beacon.class,
                source -> source.replace("if (true) throw new IOException(); server = ", "server = "));
        ready(200);
        assertThat(beacon()).isEqualTo("version 1");
    }

    @Test
    void aSubsystemThatIsGoneHasNoCheck() {
        checks("proc-daemon/beacon");
        APPLICATION.modifySourceFile(Beacon.class, source -> source.replace("@Subsystem", "@Subsystem(\"lantern\")"));
        checks("proc-daemon/lantern");
    }

    private static void checks(String... names) {
        RestAssured.given().port(HTTP_PORT).get("/q/health/ready").then().body("checks.name", contains(names));
    }

    private static void ready(int status) {
        RestAssured.given().port(HTTP_PORT).get("/q/health/ready").then().statusCode(status);
    }

    private static String beacon() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), PORT)) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The threads that run code of the subsystem or of the daemon itself. */
    private static Set<Thread> threadsOfTheDaemon() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("beacon") || thread.getName().startsWith("proc-daemon"))
                .collect(Collectors.toSet());
    }
}
