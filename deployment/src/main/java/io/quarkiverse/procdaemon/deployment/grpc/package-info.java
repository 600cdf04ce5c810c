/**
 * Lets gRPC calls in only while the daemon takes them, if the gRPC extension is present.
 * <p>
 * May import: Quarkus; of {@code runtime.grpc} and of gRPC nothing but names.
 */
@NullMarked
package io.quarkiverse.procdaemon.deployment.grpc;

import org.jspecify.annotations.NullMarked;
