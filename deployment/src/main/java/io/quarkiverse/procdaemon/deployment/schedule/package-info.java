/**
 * Guards the {@code @Scheduled} methods of subsystems, if the Scheduler extension is present.
 * <p>
 * May import: {@code discovery}; of {@code runtime.schedule} only what does without the scheduler; of the scheduler nothing but
 * names.
 */
@NullMarked
package io.quarkiverse.procdaemon.deployment.schedule;

import org.jspecify.annotations.NullMarked;
