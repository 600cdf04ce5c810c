package io.quarkiverse.procdaemon.examples;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.is;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import org.junit.jupiter.api.Test;

import io.quarkus.test.InjectMock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.mockito.MockitoConfig;

@QuarkusTest
class MockedReceiverTest {

    @InjectMock
    @MockitoConfig(convertScopes = true)
    Receiver receiver;

    @Test
    void isSeenByOtherBeans() {
        when(receiver.port()).thenReturn(7);
        get("/port").then().body(is("7"));

        // The daemon still runs the real one.
        verify(receiver, never()).close();
    }
}
