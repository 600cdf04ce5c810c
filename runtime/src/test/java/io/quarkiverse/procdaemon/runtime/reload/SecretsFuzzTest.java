package io.quarkiverse.procdaemon.runtime.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;

import io.quarkiverse.procdaemon.event.SubsystemEvent.Phase;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/**
 * Secrets in random places of configurations, files and exceptions: no text of ours has them. {@code -Dsecrets.seed=N} plays
 * one again, {@code -Dsecrets.places=N} sets how many.
 */
class SecretsFuzzTest {

    private static final int PLACES = Integer.getInteger("secrets.places", 1_000);
    private static final List<String> WORDS = List.of("password", "token");
    private static final String CHARACTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.,:;+*!%&#=?'()[]{}<>|~^ ";

    private final long seed = Long.getLong("secrets.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @ConfigMapping(prefix = "lines")
    interface Lines {

        Map<String, Item> items();

        @WithDefault("1")
        int password();

        @WithDefault("1")
        int plain();

        Optional<List<Integer>> tokens();

        @WithDefault("x")
        @WithConverter(Thrower.class)
        String thrower();

        interface Item {

            Optional<Integer> token();
        }
    }

    /** Throws all kinds of exceptions. */
    public static class Thrower implements Converter<String> {

        private static final long serialVersionUID = 1L;

        @Override
        public String convert(String value) {
            switch (value.length() % 6) {
                case 0 -> throw new IllegalStateException(value);
                case 1 -> throw new NullPointerException("no " + value);
                case 2 -> throw new UnsupportedOperationException("lines.plain is " + value);
                case 3 -> throw new IndexOutOfBoundsException("The config property x with the config value \"" + value + "\"");
                case 4 -> throw new RuntimeException("SRCFG00050: x", new RuntimeException(value));
                default -> throw new ArithmeticException();
            }
        }
    }

    @Test
    void noTextHasASecret() {
        System.out.println("secrets.seed=" + seed);
        for (int i = 0; i < PLACES; i++) {
            String secret = secret();
            int place = random.nextInt(8);
            String text = switch (place) {
                case 0 -> invalid(Map.of("lines.password", secret));
                case 1 -> invalid(Map.of("lines.items.\"" + word() + " " + word() + "\".token", secret));
                case 2 -> invalid(Map.of("lines.tokens[0]", "1", "lines.tokens[1]", secret));
                case 3 -> invalid(expressions(secret));
                case 4 -> invalid(Map.of("lines.thrower", secret));
                case 5 -> unreadable(secret);
                case 6 -> thrown(secret);
                default -> invalid(Map.of("lines.plain", "http://" + word() + ":" + secret.replaceAll("[ /@]", "x") + "@host",
                        "the.password", secret));
            };
            String shown = place == 7 ? secret.replaceAll("[ /@]", "x") : secret;
            assertThat(text).as("secret %s in place %s, seed %s", secret, place, seed).isNotEmpty().doesNotContain(shown);
        }
    }

    private String secret() {
        StringBuilder secret = new StringBuilder().append((char) ('a' + random.nextInt(26)));
        int length = SecretValues.SHORTEST + random.nextInt(32);
        while (secret.length() < length) {
            secret.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return secret.append('Z').toString();
    }

    private String word() {
        return String.valueOf((char) ('a' + random.nextInt(26))).repeat(1 + random.nextInt(5));
    }

    private Map<String, String> expressions(String secret) {
        Map<String, String> values = new HashMap<>(Map.of("vault.password", secret));
        String name = "vault.password";
        for (int depth = random.nextInt(4); depth >= 0; depth--) {
            String next = depth == 0 ? "lines.plain" : "step." + depth;
            values.put(next, (random.nextBoolean() ? "" : word()) + (random.nextBoolean() ? "${" + name + "}"
                    : "${missing:${" + name + "}}"));
            name = next;
        }
        return values;
    }

    private String invalid(Map<String, String> values) {
        SmallRyeConfig config = builder(values).build();
        Secrets secrets = new Secrets(config, WORDS);
        UnaryOperator<String> mask = SecretValues.of(secrets.values())::mask;
        try {
            builder(values).withMapping(Lines.class).build();
            throw new AssertionError("this is valid: " + values);
        } catch (ConfigValidationException invalid) {
            return new Diagnosis(key -> new Origin(Optional.of("x"), OptionalInt.empty()), secrets, mask).of(invalid)
                    .toString();
        }
    }

    private static SmallRyeConfigBuilder builder(Map<String, String> values) {
        return new SmallRyeConfigBuilder().addDefaultInterceptors().withSources(new PropertiesConfigSource(values, "test"));
    }

    /** No configuration knows it, since its file cannot be read. */
    private String unreadable(String secret) {
        String lead = List.of("", "*", "&", "!", "%", "@", "'", "\"", "[", "{", "`", "a: b: ", "\\u00zz", "\t", "<<: *")
                .get(random.nextInt(15));
        String line = (random.nextBoolean() ? "password: " : "password = ") + lead + secret;
        List<String> texts = new ArrayList<>();
        try {
            new Yaml().load("a: 1\n" + line + "\nb: 2\n");
        } catch (RuntimeException malformed) {
            texts.add(failure(new IllegalArgumentException("SRCFG00035: Failed to load resource file:/x.yaml", malformed)));
        }
        try {
            new TomlMapper().readTree("a = 1\n" + line + "\nb = 2\n");
        } catch (JacksonException malformed) {
            texts.add(failure(new IllegalArgumentException("SRCFG00035: Failed to load resource file:/x.toml",
                    new java.io.IOException(malformed.getOriginalMessage() + " (line 2)"))));
        }
        texts.add(failure(new IllegalStateException(line)));
        return texts.toString();
    }

    private static String failure(Throwable thrown) {
        return ReadFailure.of(thrown, Set::of, SecretValues.of(Set.of())::mask).toString();
    }

    private String thrown(String secret) {
        SecretMask mask = new SecretMask(() -> builder(Map.of("the.token", secret)).build(), WORDS);
        RuntimeException exception = new IllegalStateException(
                random.nextInt(3) == 0 ? "x".repeat(random.nextInt(1_100)) + secret : "at " + secret + ".");
        for (int depth = random.nextInt(4); depth > 0; depth--) {
            if (random.nextBoolean()) {
                exception = new RuntimeException(word(), exception);
            } else {
                RuntimeException around = new RuntimeException(word());
                around.addSuppressed(exception);
                exception = around;
            }
        }
        Thrown thrown = Thrown.of(exception, mask);
        StringWriter text = new StringWriter();
        thrown.throwable().printStackTrace(new PrintWriter(text));
        return text + thrown.summary() + thrown.failure(Phase.RUN, 1, java.time.Instant.EPOCH);
    }
}
