package io.kline.server.ticker;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/**
 * Exact decimals by number, in nine bytes each. Those of more than 18 digits are kept beside them.
 */
final class DecimalColumn {

    private static final int MOST_DIGITS = 18;

    private final long[] digits;
    private final byte[] scales;
    private final Map<Integer, BigDecimal> large = new HashMap<>();

    DecimalColumn(int size) {
        digits = new long[size];
        scales = new byte[size];
    }

    void set(int i, BigDecimal value) {
        if (!large.isEmpty()) {
            large.remove(i);
        }
        if (value.precision() <= MOST_DIGITS && value.scale() == (byte) value.scale()) {
            digits[i] = value.unscaledValue().longValue();
            scales[i] = (byte) value.scale();
        } else {
            large.put(i, value);
        }
    }

    BigDecimal get(int i) {
        BigDecimal value = large.isEmpty() ? null : large.get(i);
        return value == null ? BigDecimal.valueOf(digits[i], scales[i]) : value;
    }

    /** Compares two of them by their values. */
    int compare(int i, int j) {
        return scales[i] == scales[j] && large.isEmpty()
                ? Long.compare(digits[i], digits[j])
                : get(i).compareTo(get(j));
    }
}
