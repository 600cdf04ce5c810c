package io.quarkiverse.procdaemon.runtime.reload.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks whether a file of configuration is what its author takes it for. */
public final class ConfigFileCheck {

    /** No configuration is longer; what is, is some other file. */
    static final long BYTES = 64L << 20;

    private ConfigFileCheck() {
    }

    /**
     * All that is wrong with a file; nothing if there is no such regular file. What cannot be read is a flaw too.
     *
     * @param rules of the formats in use
     */
    public static List<Flaw> flaws(Path file, List<FileRule> rules) {
        try {
            if (!Files.isRegularFile(file)) {
                return List.of();
            }
            if (Files.size(file) > BYTES) {
                return List.of(Flaw.ofAll("it is longer than " + (BYTES >> 20) + " MiB"));
            }
            return flaws(file, Files.readAllBytes(file), rules);
        } catch (IOException unreadable) {
            return List.of(Flaw.ofAll("it cannot be read: " + IoReason.of(unreadable)));
        }
    }

    private static List<Flaw> flaws(Path file, byte[] bytes, List<FileRule> rules) {
        Optional<Flaw> encoding = ByteOrderMark.flaw(bytes);
        if (encoding.isPresent()) {
            return List.of(encoding.get());
        }
        List<Flaw> flaws = new ArrayList<>(new TextCheck(file).flaws(bytes));
        if (flaws.isEmpty()) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            rules.forEach(rule -> flaws.addAll(rule.flaws(file, text)));
        }
        return flaws;
    }
}
