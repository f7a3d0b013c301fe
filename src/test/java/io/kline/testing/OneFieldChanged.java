package io.kline.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies of a record that differ from it in one field each: none can be forgotten. */
public final class OneFieldChanged {

    private OneFieldChanged() {}

    /** A copy for each field by its name; a field of a record within it is {@code record.field}. */
    public static <R extends Record> Map<String, R> of(R value) {
        Map<String, R> copies = new LinkedHashMap<>();
        RecordComponent[] components = value.getClass().getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            Object field = get(components[i], value);
            if (field instanceof Record inner) {
                for (Map.Entry<String, Record> one : of(inner).entrySet()) {
                    copies.put(name + "." + one.getKey(), copy(value, i, one.getValue()));
                }
            } else {
                copies.put(name, copy(value, i, another(field)));
            }
        }
        return copies;
    }

    private static Object another(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.add(BigDecimal.ONE);
        } else if (value instanceof Long number) {
            return number + 1;
        } else if (value instanceof Boolean flag) {
            return !flag;
        } else if (value instanceof String text) {
            return text + "X";
        }
        throw new IllegalArgumentException("no other value of " + value.getClass());
    }

    private static <R extends Record> R copy(R value, int changed, Object to) {
        RecordComponent[] components = value.getClass().getRecordComponents();
        Object[] fields = new Object[components.length];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = i == changed ? to : get(components[i], value);
        }
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            @SuppressWarnings("unchecked")
            R copy = (R) value.getClass().getConstructor(types).newInstance(fields);
            return copy;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object get(RecordComponent component, Object value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
