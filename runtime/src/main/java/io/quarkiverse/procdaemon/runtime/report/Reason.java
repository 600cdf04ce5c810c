package io.quarkiverse.procdaemon.runtime.report;

import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;

/** Why a file cannot be read or written, in words. */
final class Reason {

    private static final int MOST = 200;

    private Reason() {
    }

    static String of(Exception failure) {
        if (failure instanceof CharacterCodingException) {
            return "it is not UTF-8 text";
        }
        if (failure instanceof FileSystemException refused) {
            return of(refused);
        }
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return PlainText.escape(PlainText.cut(message, MOST));
    }

    private static String of(FileSystemException refused) {
        if (refused.getReason() != null) {
            return refused.getReason();
        } else if (refused instanceof AccessDeniedException) {
            return "access to " + refused.getFile() + " is denied";
        } else if (refused instanceof NoSuchFileException) {
            return refused.getFile() + " does not exist";
        } else if (refused instanceof FileAlreadyExistsException) {
            return refused.getFile() + " is not a directory";
        }
        return refused.toString();
    }
}
