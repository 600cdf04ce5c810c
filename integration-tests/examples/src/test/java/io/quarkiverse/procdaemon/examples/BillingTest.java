package io.quarkiverse.procdaemon.examples;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import org.junit.jupiter.api.Test;

class BillingTest {

    @Test
    void printsAnInvoiceForEachOrder() {
        Billing billing = new Billing();
        billing.book = new OrderBook();
        billing.printer = mock(Printer.class);
        billing.book.add("10 apples");

        billing.bill();

        verify(billing.printer).print("Invoice: 10 apples");
    }
}
