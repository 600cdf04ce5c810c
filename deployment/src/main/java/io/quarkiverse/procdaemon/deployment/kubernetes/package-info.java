/**
 * The manifests that quarkus-kubernetes generates: how long a pod may take to stop and to start, and how soon it is taken out
 * of rotation.
 * <p>
 * Promises: what the user has set is kept; the numbers are those of {@code ShutdownBudget} and {@code StartBudget}, and an
 * annotation of the pod explains them. Without quarkus-kubernetes nothing here is loaded but {@code KubernetesProcessor}. May
 * import: the JDK, MicroProfile Config, {@code validation}, {@code runtime.engine.graph} and {@code time},
 * quarkus-kubernetes-spi; only {@code PodDecorator} imports Dekorate and the models of fabric8.
 */
@NullMarked
package io.quarkiverse.procdaemon.deployment.kubernetes;

import org.jspecify.annotations.NullMarked;
