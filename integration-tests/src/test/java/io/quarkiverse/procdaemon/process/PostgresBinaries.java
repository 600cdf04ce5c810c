package io.quarkiverse.procdaemon.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The programs of PostgreSQL, unpacked once from the test's class path. They refuse to run as root, which runs them as nobody.
 */
final class PostgresBinaries {

    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
    private static final List<String> AS_NOBODY = List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups",
            "--");
    private static final Path HOME = unpack();

    private PostgresBinaries() {
    }

    /** One that the programs may write to. */
    static Path newDirectory() {
        try {
            Path directory = Files.createTempDirectory("test-postgres-",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            if (ROOT) {
                Files.setOwner(directory,
                        directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Process start(Path log, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(ROOT ? AS_NOBODY : List.of());
        command.add(HOME.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.directory(HOME.toFile());
        return builder.start();
    }

    /** Also while processes that have just been killed write there. */
    static void delete(Path directory) {
        await().atMost(60, SECONDS).ignoreException(IOException.class).until(() -> {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            } catch (UncheckedIOException e) {
                return false;
            }
            return Files.notExists(directory);
        });
    }

    private static Path unpack() {
        String archive = System.getProperty("postgres.archive");
        try (InputStream packed = PostgresBinaries.class.getResourceAsStream("/" + archive)) {
            assertThat(packed).as(archive).isNotNull();
            Path home = newDirectory();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(home)));
            Process tar = new ProcessBuilder("tar", "-xJ", "--no-same-owner", "-C", home.toString()).inheritIO()
                    .redirectInput(ProcessBuilder.Redirect.PIPE).start();
            try (OutputStream in = tar.getOutputStream()) {
                packed.transferTo(in);
            }
            assertThat(tar.waitFor()).as("exit code of tar").isZero();
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
