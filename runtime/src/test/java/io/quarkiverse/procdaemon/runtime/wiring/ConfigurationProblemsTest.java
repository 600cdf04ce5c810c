package io.quarkiverse.procdaemon.runtime.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkiverse.procdaemon.runtime.config.DaemonConfig;
import io.quarkiverse.procdaemon.runtime.rules.IntervalExpression;
import io.quarkiverse.procdaemon.runtime.rules.ReadableValues;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Keys that do not go together: one problem for each cause, however many subsystems it concerns. */
class ConfigurationProblemsTest {

    private static final String P = "quarkus.proc-daemon.";

    /** Eight that depend on {@code base}. */
    private static final List<SubsystemDefinition> NINE = Stream.concat(Stream.of(definition("base")),
            IntStream.rangeClosed(1, 8).mapToObj(number -> definition("s" + number, "base"))).toList();

    private static SubsystemDefinition definition(String name, String... dependsOn) {
        return new SubsystemDefinition(name, List.of(dependsOn), name, RestartPolicy.ON_FAILURE, true,
                new SubsystemDefinition.Methods(null, null, null, null, null, null), List.of(), List.of());
    }

    private static final Map<String, String> CHANNELS = Map.of("orders", "", "prices", "a.B.on: it cannot; change it");

    private static List<String> problems(Map<String, String> keys) {
        return problems(keys, NINE);
    }

    private static List<String> problems(Map<String, String> keys, List<SubsystemDefinition> definitions,
            IntervalExpression... registered) {
        SmallRyeConfig config = new ReadableValues().configBuilder(new SmallRyeConfigBuilder()
                .addDefaultInterceptors().withMapping(DaemonConfig.class).withMappingIgnore("quarkus.**")
                .withConverter(Duration.class, 200, new DurationConverter())
                .withSources(new PropertiesConfigSource(keys, "test", 100))).build();
        return ConfigurationProblems.of(config, definitions, CHANNELS, List.of(registered), false).stream()
                .map(ConfigProblem::reason)
                .toList();
    }

    @Test
    void nothingIsWrongWhereNothingIsSet() {
        assertThat(problems(Map.of())).isEmpty();
    }

    @Test
    void oneWrongDefaultIsOneProblem() {
        assertThat(problems(Map.of(P + "subsystem.restart.max-delay", "10ms"))).containsExactly(P
                + "subsystem.restart.max-delay (10ms) must not be less than restart.initial-delay (100ms); raise the first or "
                + "lower the second");
        assertThat(problems(Map.of(P + "subsystem.restart.initial-delay", "1h"))).containsExactly(P
                + "subsystem.restart.initial-delay (60m) must not be greater than restart.max-delay (30s); lower the first or "
                + "raise the second");
        assertThat(problems(Map.of(P + "subsystem.restart.max-delay", "-1s", P + "subsystem.s1.restart.initial-delay", "2s")))
                .singleElement().asString().startsWith(P + "subsystem.restart.max-delay (-1s) must not be negative");
    }

    @Test
    void oneDisabledDependencyIsOneProblem() {
        assertThat(problems(Map.of(P + "subsystem.base.enabled", "false"))).containsExactly(P + "subsystem.\"base\".enabled is "
                + "false, but others depend on what it disables: 's1' on 'base', 's2' on 'base', 's3' on 'base', 's4' on "
                + "'base', 's5' on 'base', 's6' on 'base', 's7' on 'base', 's8' on 'base'; enable it, or disable them too");
        assertThat(problems(Map.of(P + "subsystem.enabled", "false", P + "subsystem.s3.enabled", "true"))).containsExactly(P
                + "subsystem.enabled is false, but subsystem 's3' depends on 'base'; enable it, or disable 's3' too");
    }

    @Test
    void oneWrongIntervalIsOneProblem() {
        List<SubsystemDefinition> pollers = List.of(poller("outbox", "{poll.interval}"), poller("inbox", "{poll.interval}"),
                poller("index", "{poll.interval:2s}"), poller("literal", "5s"));
        IntervalExpression registered = IntervalExpression.of("{tenant.interval}");
        assertThat(problems(Map.of("tenant.interval", "off"), pollers, registered)).containsExactly(
                "poll.interval has no value; set it, or give it a default where it is used, as in {poll.interval:30s}; it is "
                        + "the interval of inbox.poll(), outbox.poll()");
        assertThat(problems(Map.of("poll.interval", "soon"), pollers, registered)).containsExactly(
                "poll.interval is not a duration; write it as in 500ms, 30s, 5m or PT1H30M, or 'off' for no calls; it is the "
                        + "interval of inbox.poll(), index.poll(), outbox.poll()",
                "tenant.interval has no value; set it, or give it a default where it is used, as in {tenant.interval:30s}; it is "
                        + "the interval of a subsystem registered through the API");
    }

    @Test
    void aDisabledSubsystemNeedsNoInterval() {
        List<SubsystemDefinition> pollers = List.of(poller("outbox", "{poll.interval}"));
        assertThat(problems(Map.of(), pollers)).hasSize(1);
        assertThat(problems(Map.of(P + "subsystem.outbox.enabled", "false"), pollers)).isEmpty();
    }

    private static SubsystemDefinition poller(String name, String every) {
        SubsystemDefinition.Method poll = new SubsystemDefinition.Method(name + ".poll()", null, false, true);
        return new SubsystemDefinition(name, List.of(), name, RestartPolicy.ON_FAILURE, true,
                new SubsystemDefinition.Methods(null, poll, every, null, null, null), List.of(), List.of());
    }

    @Test
    void aMomentThatIsWrongByItselfIsNotOutOfOrderToo() {
        assertThat(problems(Map.of(P + "shutdown.graceful-timeout", "20000d"))).containsExactly(
                P + "shutdown.graceful-timeout (20000 days) must be at most 10000 days; lower it");
        assertThat(problems(Map.of(P + "shutdown.kill-timeout", "soon"))).hasSize(1);
        assertThat(problems(Map.of(P + "shutdown.graceful-timeout", "10s"))).containsExactly(P + "shutdown.force-timeout (10s) "
                + "must be greater than " + P + "shutdown.graceful-timeout (10s); raise the first or lower the second");
    }

    @Test
    void virtualThreadsForAllAreOneProblemWhereThereAreNone() {
        assertThat(problems(Map.of(P + "subsystem.thread", "virtual"))).singleElement().asString()
                .startsWith(P + "subsystem.thread is 'virtual', but this JVM (Java ");
    }

    @Test
    void whatQuarkusCannotCountWith() {
        assertThat(problems(Map.of("quarkus.shutdown.timeout", "PT2562047788015215H", "quarkus.shutdown.delay", "soon")))
                .containsExactly("quarkus.shutdown.timeout (106751991167300 days) is more than Quarkus supports, "
                        + "which counts in milliseconds; set it to at most 106751991167d");
        assertThat(problems(Map.of("quarkus.shutdown.timeout", "PT2562047788015H"))).isEmpty();
    }

    @Test
    void channelsNeedSubsystemsThatExist() {
        String key = P + "channel.\"orders\".needs";
        assertThat(problems(Map.of(key, "base,s1"))).isEmpty();
        assertThat(problems(Map.of(P + "channel.orders.needs", "base,journal,store"))).containsExactly(key
                + ": there is no subsystem journal, store; known subsystems: base, s1, s2, s3, s4, s5, s6, s7, s8; correct the name "
                + "or remove it");
        assertThat(problems(Map.of(key, "base", P + "subsystem.enabled", "false"))).containsExactly(key
                + ": disabled by configuration, so the channel would never deliver a message: base; enable it or remove it from "
                + "the key");
    }

    @Test
    void onlyChannelsThatAreConsumedHaveNeeds() {
        String key = P + "channel.\"order\".needs";
        assertThat(problems(Map.of(key, "base"))).containsExactly(key
                + ": there is no @Incoming method that consumes a channel of that name; known channels: orders, prices; correct the "
                + "name or remove the key");
        assertThat(problems(Map.of(P + "channel.orders.need", "base"))).singleElement().asString()
                .startsWith(P + "channel.orders.need: there is no such key;");
    }

    @Test
    void noNeedsOfWhatCannotBeGated() {
        String key = P + "channel.\"prices\".needs";
        assertThat(problems(Map.of(key, "base"))).containsExactly(
                key + ": no message can be kept from the consumer. a.B.on: it cannot; change it, or remove the key");
    }
}
