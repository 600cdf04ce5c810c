package io.quarkiverse.procdaemon.deployment.grpc;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** On the HTTP server. */
class SharedServerTest extends Calls {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = application(false);
}
