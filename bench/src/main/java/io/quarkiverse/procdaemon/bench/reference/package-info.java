/** The rows that another framework, one in Rust, publishes of itself: the same work to the same depth, nothing precomputed. */
package io.quarkiverse.procdaemon.bench.reference;
