package io.quarkiverse.procdaemon.collector;

/**
 * @param lines how many lines
 * @param words how many words they have: runs of bytes other than ASCII white space, as {@code wc -w} has them
 */
record LineCount(long lines, long words) {

    String toJson() {
        return "{\"lines\":" + lines + ",\"words\":" + words + "}";
    }
}
