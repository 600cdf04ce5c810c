package io.quarkiverse.procdaemon.runtime.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretValuesTest {

    @Test
    void wholeWordsListsAndLines() {
        SecretValues secrets = SecretValues.of(List.of("s3cr3t-value", "short", "first-item, second\\,item",
                "-----BEGIN-----\nMIIEvQIBADAN\n"));
        assertThat(secrets.mask("s3cr3t-value and short, xs3cr3t-values")).isEqualTo("*** and short, x***s");
        assertThat(secrets.mask("first-item|second,item|second")).isEqualTo("***|***|second");
        assertThat(secrets.mask("line 2 is MIIEvQIBADAN.")).isEqualTo("line 2 is ***.");
    }

    @Test
    void onesThatOverlap() {
        SecretValues secrets = SecretValues.of(List.of("abcdefgh", "efghijkl", "abcdefghij"));
        assertThat(secrets.mask("<abcdefghijkl>")).isEqualTo("<***>");
        assertThat(SecretValues.of(List.of("aaaaaaaa")).mask("aaaaaaaaaaa")).isEqualTo("***");
    }

    @Test
    void aTextWithoutOneIsTheSame() {
        String text = "nothing to see in http://example.com:8080/a@b";
        assertThat(SecretValues.of(List.of("s3cr3t-value")).mask(text)).isSameAs(text);
    }

    @ParameterizedTest
    @CsvSource({ "jdbc:postgresql://me:pw@db:5432/x, jdbc:postgresql://me:***@db:5432/x",
            "redis://:pw@cache, redis://:***@cache", "http://me:p@w@host/, http://me:***@host/",
            "http://me@host:80/, http://me@host:80/", "amqp://a:b@c and amqp://d:e@f, amqp://a:***@c and amqp://d:***@f" })
    void thePasswordOfAUrl(String text, String masked) {
        assertThat(SecretValues.of(List.of()).mask(text)).isEqualTo(masked);
    }

    @Test
    void olderOnesAreKnownUntilThereAreTooMany() {
        SecretValues older = SecretValues.of(List.of("old-secret-1", "old-secret-2", "kept-secret"));
        SecretValues all = SecretValues.of(List.of("kept-secret", "new-secret")).after(older, 3);
        assertThat(List.of("old-secret-1", "old-secret-2", "kept-secret", "new-secret")).extracting(all::mask)
                .containsExactly("old-secret-1", "***", "***", "***");
        SecretValues many = SecretValues.of(IntStream.range(0, 9).mapToObj(i -> "secret-no-" + i).toList());
        assertThat(many.after(older, 3).mask("secret-no-8 old-secret-2")).isEqualTo("*** old-secret-2");
    }
}
