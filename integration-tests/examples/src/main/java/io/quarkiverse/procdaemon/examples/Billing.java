package io.quarkiverse.procdaemon.examples;

import jakarta.inject.Inject;

import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.Subsystem;

@Subsystem("billing")
class Billing {

    @Inject
    OrderBook book;

    @Inject
    Printer printer;

    @Run(every = "{billing.interval:10s}")
    void bill() {
        for (String order : book.takeAll()) {
            printer.print("Invoice: " + order);
        }
    }
}
