package io.quarkiverse.procdaemon.runtime.control;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.DaemonException;

/**
 * A request on its way: what it says, who sent it, and the connection that it came on.
 *
 * @param peer who that is
 * @param argument the part of the path that is a name; empty if it has none
 */
record Call(Request request, Peers.Peer peer, String argument, Wire wire) {

    private static final long FOREVER = Long.MAX_VALUE / 4;
    private static final Duration LONGEST = Duration.ofDays(1);

    /** The name of the client's user. */
    String user() {
        return peer.user();
    }

    /** A parameter; null if it is missing. */
    @Nullable
    String parameter(String name) {
        return request.query().get(name);
    }

    boolean flag(String name, boolean missing) {
        String value = parameter(name);
        if (value == null) {
            return missing;
        } else if (value.equals("true") || value.equals("false")) {
            return value.equals("true");
        }
        throw Problem.of(400, "The parameter " + name + " must be true or false");
    }

    int number(String name, int missing, int most) {
        String value = parameter(name);
        if (value == null) {
            return missing;
        } else if (value.matches("\\d{1,9}") && Integer.parseInt(value) <= most) {
            return Integer.parseInt(value);
        }
        throw Problem.of(400, "The parameter " + name + " must be a number from 0 to " + most);
    }

    /** As in configuration, at most a day. */
    Duration duration(String name, Duration missing) {
        String value = parameter(name);
        Duration duration = value == null ? missing : parsed(value.trim().toUpperCase(Locale.ROOT));
        if (duration == null || duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            throw Problem.of(400,
                    "The parameter " + name + " must be a duration from 0s to 24h, as in 500ms, 30s, 5m or PT1H30M");
        }
        return duration;
    }

    private static @Nullable Duration parsed(String value) {
        try {
            if (value.matches("\\d{1,15}MS")) {
                return Duration.ofMillis(Long.parseLong(value.substring(0, value.length() - 2)));
            } else if (value.matches("\\d{1,12}")) {
                return Duration.ofSeconds(Long.parseLong(value));
            } else if (value.matches("\\d{1,6}D")) {
                return Duration.parse("P" + value);
            }
            return Duration.parse(value.startsWith("PT") || value.startsWith("P") ? value : "PT" + value);
        } catch (RuntimeException malformed) {
            return null;
        }
    }

    /**
     * Waits until a stage has completed, and returns its result.
     *
     * @throws DaemonException what it completed with, if that is ours
     * @throws IOException if the client goes away or the server ends; the stage goes on
     */
    <T> T await(CompletionStage<T> stage) throws IOException {
        CompletableFuture<T> future = stage.toCompletableFuture();
        future.whenComplete((result, failure) -> wire.wake());
        wire.await(future::isDone, System.nanoTime() + FOREVER);
        try {
            return future.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException ours) {
                throw ours;
            } else if (failed.getCause() instanceof IOException unwritten) {
                throw Problem.of(500, unwritten.getMessage());
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Looks at a condition again and again until it holds; false if it does not hold in time. */
    boolean poll(BooleanSupplier condition, Duration atMost, Duration interval) throws IOException {
        long deadline = System.nanoTime() + Math.min(FOREVER, TimeUnit.MILLISECONDS.toNanos(atMost.toMillis()));
        while (!condition.getAsBoolean()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            wire.await(() -> false, System.nanoTime() + Math.min(left, interval.toNanos()));
        }
        return true;
    }
}
