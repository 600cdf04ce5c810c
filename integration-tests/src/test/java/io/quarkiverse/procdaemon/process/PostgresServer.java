package io.quarkiverse.procdaemon.process;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** A PostgreSQL server of the test's own, on a free port, in a directory of its own. */
public final class PostgresServer implements AutoCloseable {

    public static final String USER = "tester";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int port = FreePort.any();
    private final Path directory = PostgresBinaries.newDirectory();
    private final Path data = directory.resolve("data");
    private final Path log = directory.resolve("log");
    private Process postmaster;

    /** It runs when this returns. */
    public PostgresServer() throws IOException, InterruptedException {
        Process initdb = PostgresBinaries.start(log, "initdb", "-D", data.toString(), "-U", USER, "--auth=trust",
                "--encoding=UTF8", "--locale=C", "--no-sync");
        assertThat(initdb.waitFor(PATIENCE.toMillis(), MILLISECONDS)).as("initdb ended").isTrue();
        assertThat(initdb.exitValue()).as("exit code of initdb: %s", Files.readString(log)).isZero();
        start();
    }

    /** Starts it, after {@link #kill()} with the data that it had, and waits until it can be used. */
    public void start() {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(this::isUp);
    }

    private boolean isUp() throws IOException {
        if (postmaster == null || !postmaster.isAlive()) {
            // Refused while processes of one that was killed are about to end.
            postmaster = PostgresBinaries.start(log, "postgres", "-D", data.toString(), "-p", Integer.toString(port),
                    "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off",
                    "-c", "shared_buffers=16MB");
        }
        try (Connection connection = connect()) {
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /** SIGKILL to the postmaster; its other processes end when they notice. */
    public void kill() throws InterruptedException {
        postmaster.destroyForcibly();
        assertThat(postmaster.waitFor(PATIENCE.toMillis(), MILLISECONDS)).as("ended").isTrue();
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.put("user", USER);
        properties.put("loginTimeout", "5");
        return DriverManager.getConnection(url(), properties);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        kill();
        PostgresBinaries.delete(directory);
    }
}
