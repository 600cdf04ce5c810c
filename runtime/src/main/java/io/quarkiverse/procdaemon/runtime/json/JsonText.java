package io.quarkiverse.procdaemon.runtime.json;

/** Writes JSON. The application has one of them: by Jackson if it has that. Thread-safe. */
public interface JsonText {

    /** @param tree what {@link JsonTree#of} returns */
    String write(Object tree);
}
