package io.quarkiverse.procdaemon.runtime.engine.shutdown;

/** Has the JVM end in order; may never return. A named class: it is loaded before the shutdown needs it. */
record ExitNow(ProcessControl process, int code) implements Runnable {

    @Override
    public void run() {
        process.exitNow(code);
    }
}
