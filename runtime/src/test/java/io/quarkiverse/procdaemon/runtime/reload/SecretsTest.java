package io.quarkiverse.procdaemon.runtime.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

class SecretsTest {

    @Test
    void valuesAreThoseOfEverySourceAndOfExpressions() {
        Secrets secrets = new Secrets(config(Map.of("db.password", "from-the-file", "url", "x:${db.password}", "name", "plain",
                "api.token", "${db.password}", "api.secret", "${name}-made", "quarkus.proc-daemon.reload.secret-names",
                "password,token"),
                Map.of(
                        "db.password", "from-the-environment", "marked", "m4rk3d")),
                List.of("password", "token", "secret", ""));
        assertThat(secrets.values()).containsExactlyInAnyOrder("from-the-file", "from-the-environment", "m4rk3d",
                "plain-made");
        assertThat(List.of("db.password", "url", "api.token", "marked")).allMatch(secrets::contain);
        assertThat(List.of("name", "quarkus.proc-daemon.reload.secret-names", "nothing")).noneMatch(secrets::contain);
    }

    @Test
    void expressionsInACircleAreSecrets() {
        Secrets secrets = new Secrets(config(Map.of("a", "${b}", "b", "${a}"), Map.of()), List.of("password"));
        assertThat(secrets.contain("a")).isTrue();
        assertThat(secrets.values()).isEmpty();
    }

    @Test
    void theMaskKnowsOldAndNew() {
        List<SmallRyeConfig> active = new ArrayList<>(List.of(config(Map.of("a.password", "the-old-one"), Map.of())));
        SecretMask mask = new SecretMask(() -> active.get(0), List.of("password"));
        assertThat(mask.apply("the-old-one, the-new-one")).isEqualTo("***, the-new-one");
        mask.learn(mask.secretsOf(config(Map.of("a.password", "the-new-one"), Map.of())));
        assertThat(mask.apply("the-old-one, the-new-one")).isEqualTo("***, ***");
        assertThat(mask.apply(null)).isNull();

        SecretMask early = new SecretMask(() -> active.get(0), List.of("password"));
        early.learn(early.secretsOf(config(Map.of("a.password", "the-new-one"), Map.of())));
        assertThat(early.apply("the-old-one, the-new-one")).isEqualTo("***, ***");
    }

    @Test
    void withoutAConfigurationNothingIsShown() {
        SecretMask mask = new SecretMask(() -> {
            throw new IllegalStateException("closed");
        }, List.of("password"));
        assertThat(mask.apply("any")).isEqualTo("(not shown, since the configuration does not tell what is a secret)");
    }

    private static SmallRyeConfig config(Map<String, String> low, Map<String, String> high) {
        return new SmallRyeConfigBuilder().addDefaultInterceptors().withSecretKeys("marked")
                .withSources(new PropertiesConfigSource(low, "low", 100), new PropertiesConfigSource(high, "high", 300))
                .build();
    }
}
