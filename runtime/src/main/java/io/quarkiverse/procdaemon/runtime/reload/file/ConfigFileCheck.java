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
        Optional<Flaw> encoding = byteOrderMark(bytes);
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

    /** The mark that editors put in front of a text. */
    private static Optional<Flaw> byteOrderMark(byte[] bytes) {
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            return Optional.of(Flaw.at(1,
                    "the file begins with a byte order mark (BOM), which would become part of its first key; save it as UTF-8"
                            + " without BOM"));
        }
        if (startsWith(bytes, 0xFF, 0xFE, 0, 0) || startsWith(bytes, 0, 0, 0xFE, 0xFF)) {
            return Optional.of(Flaw.ofAll("the file is in UTF-32; save it as UTF-8 without BOM"));
        }
        if (startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF)) {
            return Optional.of(Flaw.ofAll("the file is in UTF-16; save it as UTF-8 without BOM"));
        }
        return Optional.empty();
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
