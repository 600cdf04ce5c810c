package io.quarkiverse.procdaemon.deployment.grpc;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** On an HTTP server whose filters see no gRPC call, since it comes outside of the root path. */
class RootPathTest extends Calls {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = application(false).overrideConfigKey("quarkus.http.root-path", "/app");
}
