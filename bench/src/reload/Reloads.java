package generated;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.LiveConfig;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.Subsystem;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Changes one of 1,000 keys in a file again and again, prints how long each reload took, and ends the daemon. */
@Subsystem("reloads")
public class Reloads {

    private static final int GETS = 20_000_000;

    @ConfigMapping(prefix = "bench")
    public interface Keys {

        @WithDefault("0")
        long number();

        Map<String, String> others();
    }

    @Inject
    Daemon daemon;
    @Inject
    LiveConfig<Keys> config;
    @ConfigProperty(name = "rounds")
    int rounds;
    @ConfigProperty(name = "quarkus.config.locations")
    String file;

    private volatile Keys field;
    private long number;
    private int sum;

    @Run
    void measure() throws Exception {
        while (daemon.state() != io.quarkiverse.procdaemon.DaemonState.RUNNING) {
            Thread.sleep(10);
        }
        for (int i = -rounds; i < rounds; i++) {
            write();
            long began = System.nanoTime();
            ReloadResult result = daemon.reload().toCompletableFuture().get();
            print("reloadMs", i, (System.nanoTime() - began) / 1e6);
            if (result.status() == ReloadResult.Status.REJECTED) {
                throw new IllegalStateException(result.toString());
            }
        }
        for (int i = -rounds; i < rounds; i++) {
            write();
            long began = System.nanoTime();
            while (config.get().number() != number) {
                Thread.onSpinWait();
            }
            print("fileToConfigMs", i, (System.nanoTime() - began) / 1e6);
        }
        for (int i = -5; i < 5; i++) {
            print("getNs", i, get());
            print("volatileFieldNs", i, readField());
        }
        System.out.println(sum);
        daemon.shutdown();
    }

    private double get() {
        long began = System.nanoTime();
        for (int i = 0; i < GETS; i++) {
            sum += System.identityHashCode(config.get()) & 1;
        }
        return (System.nanoTime() - began) / (double) GETS;
    }

    private double readField() {
        field = config.get();
        long began = System.nanoTime();
        for (int i = 0; i < GETS; i++) {
            sum += System.identityHashCode(field) & 1;
        }
        return (System.nanoTime() - began) / (double) GETS;
    }

    private static void print(String what, int round, double took) {
        if (round >= 0) {
            System.out.println(what + "=" + took);
        }
    }

    private void write() throws IOException {
        StringBuilder text = new StringBuilder("bench.number=").append(++number).append('\n');
        for (int i = 1; i < 1_000; i++) {
            text.append("bench.others.key-").append(i).append("=value ").append(i).append('\n');
        }
        Path next = Files.writeString(Path.of(file + ".next"), text);
        Files.move(next, Path.of(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
