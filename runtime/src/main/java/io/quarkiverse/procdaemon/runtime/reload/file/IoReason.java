package io.quarkiverse.procdaemon.runtime.reload.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why a file could not be read. The messages of the JDK are the path, often without a word. */
public final class IoReason {

    private static final Pattern IN_PARENTHESES = Pattern.compile(".* \\(([^()]+)\\)");

    private IoReason() {
    }

    /** In words, without the path. */
    public static String of(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "Access denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (failure instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        String message = failure.getMessage();
        if (message == null || failure instanceof FileSystemException) {
            return failure.getClass().getSimpleName();
        }
        Matcher reason = IN_PARENTHESES.matcher(message);
        return failure instanceof FileNotFoundException && reason.matches() ? reason.group(1) : message;
    }
}
