package io.quarkiverse.procdaemon.runtime.reload.file;

import java.util.Optional;

/** Finds the mark that editors put in front of a text. */
final class ByteOrderMark {

    private ByteOrderMark() {
    }

    static Optional<Flaw> flaw(byte[] bytes) {
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
