package io.quarkiverse.procdaemon.runtime.rules;

/** Any text. */
record TextRule() implements Rule {

    @Override
    public String objection(String value) {
        return null;
    }

    @Override
    public String legal() {
        return "text";
    }
}
