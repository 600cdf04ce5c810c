package io.quarkiverse.procdaemon.runtime.json;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.event.SubsystemEvent;

/**
 * The records of the API as what JSON consists of: maps, lists, strings, numbers, booleans and null. The same as Jackson makes
 * of them, so that programs can read one like the other, but moments and durations always are in ISO 8601.
 */
public final class JsonTree {

    /** To look them up takes much longer than to read a record. */
    private static final ClassValue<Method[]> ACCESSORS = new ClassValue<>() {
        @Override
        protected Method[] computeValue(Class<?> type) {
            return Stream.of(type.getRecordComponents()).map(RecordComponent::getAccessor).toArray(Method[]::new);
        }
    };

    private JsonTree() {
    }

    public static @Nullable Object of(@Nullable Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return value;
        } else if (value instanceof Record written) {
            return ofRecord(written);
        } else if (value instanceof Collection<?> all) {
            return ofAll(all);
        } else if (value instanceof Map<?, ?> map) {
            return ofMap(map);
        } else if (value instanceof Optional<?> optional) {
            return of(optional.orElse(null));
        } else if (value instanceof OptionalInt number) {
            return number.isPresent() ? number.getAsInt() : null;
        } else if (value instanceof OptionalLong number) {
            return number.isPresent() ? number.getAsLong() : null;
        } else if (value instanceof OptionalDouble number) {
            return number.isPresent() ? number.getAsDouble() : null;
        }
        return value instanceof Enum<?> constant ? constant.name() : value.toString();
    }

    private static List<@Nullable Object> ofAll(Collection<?> all) {
        List<@Nullable Object> list = new ArrayList<>(all.size());
        for (Object each : all) {
            list.add(of(each));
        }
        return list;
    }

    private static Map<String, @Nullable Object> ofMap(Map<?, ?> map) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        map.forEach((key, value) -> object.put(key.toString(), of(value)));
        return object;
    }

    private static Map<String, @Nullable Object> ofRecord(Record written) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        if (written instanceof SubsystemEvent event) {
            object.put("type", event.getType());
        } else if (written instanceof ShutdownReason reason) {
            object.put("type", reason.getType());
        }
        try {
            for (Method accessor : ACCESSORS.get(written.getClass())) {
                object.put(accessor.getName(), of(accessor.invoke(written)));
            }
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(written.getClass().getName() + " cannot be read", impossible);
        }
        return object;
    }
}
