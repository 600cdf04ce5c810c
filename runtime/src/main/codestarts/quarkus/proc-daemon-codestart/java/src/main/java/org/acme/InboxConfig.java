package org.acme;

import java.nio.file.Path;
import java.time.Duration;

import io.smallrye.config.ConfigMapping;

@ConfigMapping(prefix = "inbox")
public interface InboxConfig {

    /** The folder to poll, created at the start if it does not exist. */
    Path folder();

    /** How long to wait between the end of a poll and the next one. */
    Duration pollInterval();
}
