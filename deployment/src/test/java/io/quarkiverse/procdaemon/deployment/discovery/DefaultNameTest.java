package io.quarkiverse.procdaemon.deployment.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultNameTest {

    @ParameterizedTest
    @CsvSource({ "LineIngest,line-ingest", "Journal,journal", "HTTPServer,http-server", "MyHTTPServer2,my-http-server2",
            "Base64Codec,base64-codec", "a,a", "X,x", "snake_Case,snake_case" })
    void isTheSimpleNameInKebabCase(String simpleName, String expected) {
        assertThat(Discovery.defaultName(simpleName)).isEqualTo(expected);
    }
}
