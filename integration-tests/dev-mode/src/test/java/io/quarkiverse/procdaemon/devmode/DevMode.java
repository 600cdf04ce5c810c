package io.quarkiverse.procdaemon.devmode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jboss.logmanager.ExtLogRecord;
import org.jboss.shrinkwrap.api.asset.StringAsset;

import io.quarkus.test.QuarkusDevModeTest;
import io.restassured.RestAssured;

/** An application in dev mode that a test edits. */
final class DevMode {

    private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]*:(\\d+)");

    private DevMode() {
    }

    /** The sample, with these lines in its configuration. */
    static QuarkusDevModeTest application(String... configuration) {
        return new QuarkusDevModeTest()
                .withApplicationRoot(jar -> jar.addClasses(Poller.class, Settings.class, Waiter.class)
                        .addAsResource(
                                new StringAsset("quarkus.http.port=0\nquarkus.http.test-port=0\n"
                                        + "quarkus.log.console.level=WARN\npoller.text=from the file\n"
                                        + String.join("\n", configuration) + "\n"),
                                "application.properties"))
                .setLogRecordPredicate(record -> record.getMessage().contains("Listening on: ")
                        || record.getMessage().contains("powered by Quarkus"));
    }

    /** What the application answers, after Quarkus has looked for changes. */
    static String get(QuarkusDevModeTest application, String path) {
        Matcher port = application.getLogRecords().stream()
                .map(record -> LISTENING.matcher(((ExtLogRecord) record).getFormattedMessage())).filter(Matcher::find)
                .findFirst().orElseThrow();
        return RestAssured.get("http://localhost:" + port.group(1) + path).asString();
    }

    /** Edits a source file; unlike {@code modifySourceFile} without a sleep of a second. */
    static void edit(QuarkusDevModeTest application, Class<?> type, String text, String replacement) {
        application.modifyResourceFile("../java/" + type.getName().replace('.', '/') + ".java", source -> {
            assertThat(source).contains(text);
            return source.replace(text, replacement);
        });
    }
}
