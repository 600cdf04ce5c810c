package io.quarkiverse.procdaemon.examples;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

/** Prints invoices. */
@Singleton
class Printer {

    private static final Logger LOG = Logger.getLogger(Printer.class);

    void print(String invoice) {
        LOG.info(invoice);
    }
}
