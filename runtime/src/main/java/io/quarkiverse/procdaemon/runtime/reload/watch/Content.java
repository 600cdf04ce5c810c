package io.quarkiverse.procdaemon.runtime.reload.watch;

import java.nio.file.attribute.FileTime;

/** What was found in the place of a file. */
sealed interface Content {

    /** Nothing: there is no such file. */
    record Absent() implements Content {
    }

    /**
     * A file without a byte.
     *
     * @param written when it was last written, which tells an empty file from one that is emptied again and again
     */
    record Empty(FileTime written) implements Content {
    }

    /** @param hash of the bytes of the file */
    record Bytes(String hash) implements Content {
    }

    Content ABSENT = new Absent();

    /** Whether a file that is being written may look like this. */
    default boolean isBlank() {
        return !(this instanceof Bytes);
    }

    /** Whether a reader could not tell it from the other. */
    default boolean isSameAs(Content other) {
        return equals(other) || this instanceof Empty && other instanceof Empty;
    }
}
