package io.quarkiverse.procdaemon.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.process.FreePort;
import io.quarkus.test.QuarkusDevModeTest;
import io.restassured.RestAssured;

/** In dev mode a live reload gives up the instance lock and takes it again; so does one after a start that failed. */
@EnabledOnOs(OS.LINUX)
class OneInstanceTest {

    private static final int HTTP_PORT = FreePort.any();
    private static final String OWN_PID = Long.toString(ProcessHandle.current().pid());
    private static final Path DIRECTORY = directory();
    // Never opened here, which would release the lock of this process.
    private static final Path LOCK = DIRECTORY.resolve("lock");
    private static final Path PID = DIRECTORY.resolve("pid");

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest()
            .withApplicationRoot(jar -> jar.addClasses(Beacon.class).addAsResource(
                    new StringAsset("quarkus.http.port=" + HTTP_PORT + "\nbeacon.port=0\nquarkus.proc-daemon.instance-lock="
                            + LOCK + "\nquarkus.proc-daemon.pid-file=" + PID),
                    "application.properties"));

    private static Path directory() {
        try {
            return Files.createDirectories(Path.of("target", OneInstanceTest.class.getSimpleName()).toAbsolutePath());
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @Test
    void aLiveReloadTakesTheLockAgain() throws IOException {
        ready(200);
        assertHeld();
        APPLICATION.modifySourceFile(Beacon.class, source -> source.replace("version 1", "version 2"));
        ready(200);
        assertHeld();

        APPLICATION.modifySourceFile(Beacon.class,
                source -> source.replace("server = ", "if (true) throw new IOException(); server = "));
        ready(500);
        assertThat(PID).doesNotExist();
        APPLICATION.modifySourceFile(Beacon.class,
                source -> source.replace("if (true) throw new IOException(); server = ", "server = "));
        ready(200);
        assertHeld();
    }

    private static void assertHeld() throws IOException {
        String inode = Files.getAttribute(LOCK, "unix:ino").toString();
        assertThat(Files.readAllLines(Path.of("/proc/locks"))).filteredOn(line -> line.contains(":" + inode + " "))
                .singleElement().asString().containsPattern("POSIX +ADVISORY +WRITE +" + OWN_PID + " ");
        assertThat(PID).hasContent(OWN_PID);
    }

    private static void ready(int status) {
        RestAssured.given().port(HTTP_PORT).get("/q/health/ready").then().statusCode(status);
    }
}
