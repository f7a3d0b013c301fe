package io.kline.sink.redis;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link CompactOutput} has written. Every method throws an {@link
 * IllegalArgumentException} where something else is found.
 */
final class CompactInput {

    private final byte[] bytes;
    private int position;
    private int scaleBefore;
    private long unscaledBefore;

    CompactInput(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean hasMore() {
        return position < bytes.length;
    }

    long number() {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            expect(position < bytes.length && shift < Long.SIZE);
            next = bytes[position++];
            value |= (next & 0x7FL) << shift;
            shift += 7;
        } while (next < 0);
        return value >>> 1 ^ -(value & 1);
    }

    BigDecimal decimal() {
        long first = number();
        int scale = (int) (first >> 1);
        expect(scale == first >> 1);
        if ((first & 1) != 0) {
            byte[] unscaled = bytes();
            expect(unscaled.length > 0);
            return new BigDecimal(new BigInteger(unscaled), scale);
        }
        long unscaled = number();
        if (scale == scaleBefore) {
            unscaled += unscaledBefore;
        }
        scaleBefore = scale;
        unscaledBefore = unscaled;
        return BigDecimal.valueOf(unscaled, scale);
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        long length = number();
        expect(length >= 0 && length <= bytes.length - position);
        int from = position;
        position += (int) length;
        return Arrays.copyOfRange(bytes, from, position);
    }

    private static void expect(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException("damaged bytes of a candle");
        }
    }
}
