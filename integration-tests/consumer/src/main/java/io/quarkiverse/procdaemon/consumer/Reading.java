package io.quarkiverse.procdaemon.consumer;

import java.math.BigDecimal;
import java.time.OffsetDateTime;

record Reading(String meter, OffsetDateTime taken, BigDecimal kwh) {

    /** Throws {@link RuntimeException} if it is not a reading. */
    static Reading parse(String line) {
        String[] parts = line.split(" ");
        return new Reading(parts[0], OffsetDateTime.parse(parts[1]), new BigDecimal(parts[2]));
    }
}
