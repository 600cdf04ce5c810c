/** Stands in for what the build of an application generates here. */
package io.quarkus.runtime.generated;
