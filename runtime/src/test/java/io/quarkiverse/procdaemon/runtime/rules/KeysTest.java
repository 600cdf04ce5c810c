package io.quarkiverse.procdaemon.runtime.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.runtime.config.DaemonBuildTimeConfig;
import io.quarkiverse.procdaemon.runtime.config.DaemonConfig;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import io.smallrye.config.WithUnnamedKey;
import io.smallrye.config.common.utils.StringUtil;

/** Every key that the interfaces of the configuration declare is in the table, with a rule for its type, and no other. */
class KeysTest {

    /** What the interfaces declare: the type of each key, by its path. */
    private final Map<String, Type> declared = new TreeMap<>();
    private final Map<String, String> defaults = new HashMap<>();

    KeysTest() {
        walk("", DaemonConfig.class);
        walk("", DaemonBuildTimeConfig.class);
    }

    private void walk(String prefix, Class<?> section) {
        for (Method method : section.getDeclaredMethods()) {
            WithName other = method.getAnnotation(WithName.class);
            String path = prefix + (other == null ? StringUtil.skewer(method.getName()) : other.value());
            Type type = method.getGenericReturnType();
            if (method.getReturnType() == Map.class) {
                Class<?> value = (Class<?>) ((ParameterizedType) type).getActualTypeArguments()[1];
                if (value.isInterface()) {
                    walk(path + ".\"NAME\".", value);
                    boolean unnamed = method.isAnnotationPresent(WithUnnamedKey.class);
                    assertThat(unnamed).as(path).isEqualTo(path.equals(Keys.SUBSYSTEM));
                    if (unnamed) {
                        walk(path + ".", value);
                    }
                } else {
                    declared.put(path + ".\"NAME\"", value);
                }
            } else if (method.getReturnType().isInterface()
                    && method.getReturnType().getPackage().equals(DaemonConfig.class.getPackage())) {
                walk(path + ".", method.getReturnType());
            } else {
                declared.put(path, type);
                WithDefault otherwise = method.getAnnotation(WithDefault.class);
                if (otherwise != null) {
                    defaults.put(path, otherwise.value());
                }
            }
        }
    }

    private static KnownKey known(String path) {
        return KnownKey.of(Keys.PREFIX + path).orElse(null);
    }

    @Test
    void everyKeyThatIsDeclaredHasARule() {
        assertThat(declared).hasSizeGreaterThan(50);
        assertThat(declared.keySet()).allSatisfy(path -> assertThat(known(path)).as(path).isNotNull());
    }

    @Test
    void noOtherKeyIsInTheTable() {
        Set<String> table = Stream.of(Keys.FIXED.stream().map(key -> key.substring(Keys.PREFIX.length())),
                Keys.OF_SUBSYSTEM.keySet().stream().map(path -> "subsystem.\"NAME\"." + path),
                Keys.OF_CHANNEL.keySet().stream().map(path -> "channel.\"NAME\"." + path),
                Stream.of("signals.\"NAME\"", "systemd.unit.directives.\"NAME\""))
                .flatMap(keys -> keys).collect(Collectors.toSet());
        assertThat(table).isEqualTo(declared.keySet());
    }

    @Test
    void theRuleIsOneForTheType() {
        declared.forEach((path, type) -> {
            Setting setting = known(path).setting();
            boolean optional = type == OptionalInt.class || type == OptionalDouble.class || raw(type) == Optional.class;
            assertThat(setting.mayBeEmpty()).as("%s may be empty", path).isEqualTo(optional);
            Object kind = path.endsWith("-soft-limit") ? MemoryRule.class : kind(type);
            assertThat(kind(setting.rule())).as(path).isEqualTo(kind);
        });
    }

    private static Class<?> raw(Type type) {
        return (Class<?>) (type instanceof ParameterizedType several ? several.getRawType() : type);
    }

    private static Object kind(Type type) {
        Class<?> raw = raw(type);
        if (raw == Optional.class) {
            return kind(((ParameterizedType) type).getActualTypeArguments()[0]);
        }
        if (raw.isEnum() || raw == boolean.class || raw == Boolean.class) {
            return ChoiceRule.class;
        }
        return Map.of(Duration.class, DurationRule.class, OptionalInt.class, "whole number", int.class, "whole number",
                OptionalDouble.class, "number",
                Path.class, TextRule.PATH, List.class, ListRule.class, String.class, TextRule.ANY).get(raw);
    }

    private static Object kind(Rule rule) {
        if (rule instanceof NumberRule number) {
            return number.whole() ? "whole number" : "number";
        }
        return rule == TextRule.NAME ? TextRule.ANY : rule instanceof TextRule ? rule : rule.getClass();
    }

    @Test
    void defaultsAndWhatStandsInForWrongValuesAreRight() {
        defaults.forEach((path, value) -> assertThat(known(path).setting().objection(value)).as(path).isNull());
        declared.keySet().forEach(path -> {
            Setting setting = known(path).setting();
            assertThat(setting.objection(setting.rule().legal())).as(path).isNull();
        });
    }
}
