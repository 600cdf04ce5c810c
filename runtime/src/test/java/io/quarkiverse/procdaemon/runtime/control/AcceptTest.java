package io.quarkiverse.procdaemon.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets JSON. */
@Tag("any-jdk")
class AcceptTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", value = {
            "'' | false",
            "*/* | false",
            "text/plain | false",
            "image/png | false",
            "application/json | true",
            "Application/JSON | true",
            "application/json; charset=utf-8 | true",
            "application/problem+json | true",
            "application/x-ndjson | true",
            "application/* | true",
            "application/json, */* | true",
            "application/json, text/plain, */* | true",
            "text/plain, application/json | true",
            "application/*, */* | true",
            "application/*, text/* | false",
            "application/*, text/plain | false",
            "text/html, application/xml;q=0.9, */*;q=0.8 | false",
            "application/json;q=0.5, text/plain | false",
            "application/json;q=0.5, text/plain;q=0.4 | true",
            "application/json;q=0.5, */* | false",
            "text/plain;q=0.999, application/json ; Q=1.000 | true",
            "application/json;q=0 | false",
            "application/json;q=0, */* | false",
            "text/plain;q=0, */* | true",
            "text/*;q=0.1, */*;q=0.2 | true",
            "*/*;q=0.1, application/json;q=0, application/*;q=1 | false",
            "application/json;q=0.1, application/json, text/plain;q=0.5 | true",
            "text/html, text/plain;q=0.5 | false",
            "application/json;q=high | true",
            "application/json;q=1.5, text/plain;q=0.2 | true",
            "xapplication/json | false",
            "application/jsonp | false",
            ",;q=0.3,, | false",
    })
    void whatIsPreferred(String header, boolean json) {
        assertThat(Accept.prefersJson(header)).as(header).isEqualTo(json);
    }
}
