package io.quarkiverse.procdaemon.runtime.reload;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.smallrye.config.SmallRyeConfig;

/**
 * Masks the secrets of the configurations of a daemon in any text. What is a secret is found out when it is first needed, so
 * that a start does not pay for it; what was one before a reload may still be in the hands of its readers, and stays one.
 * Any thread may call this.
 */
final class SecretMask implements UnaryOperator<String> {

    /** Of secrets that change again and again the latest are known. */
    private static final int MOST = 1_000;

    private final Supplier<SmallRyeConfig> active;
    private final List<String> words;
    /** Null until somebody asks. */
    private volatile @Nullable SecretValues values;

    /**
     * @param active the configuration that counts now
     * @param words see {@link Secrets}
     */
    SecretMask(Supplier<SmallRyeConfig> active, List<String> words) {
        this.active = active;
        this.words = words;
    }

    /** The text itself if nothing in it has to be masked; null remains null. */
    @Override
    public @Nullable String apply(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return text;
        }
        try {
            return known().mask(text);
        } catch (RuntimeException unknown) {
            return "(not shown, since the configuration does not tell what is a secret)";
        }
    }

    /** Finds out what is a secret now. */
    SecretValues known() {
        SecretValues known = values;
        if (known == null) {
            learn(secretsOf(active.get()));
            known = values;
        }
        return known;
    }

    /** Which keys of a configuration are secrets. */
    Secrets secretsOf(SmallRyeConfig config) {
        return new Secrets(config, words);
    }

    /** From now on these are masked too. */
    synchronized void learn(Secrets secrets) {
        SecretValues older = values == null ? SecretValues.of(secretsOf(active.get()).values()) : values;
        values = SecretValues.of(secrets.values()).after(older, MOST);
    }
}
