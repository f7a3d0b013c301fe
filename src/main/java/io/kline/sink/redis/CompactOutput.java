package io.kline.sink.redis;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes values into few bytes: small numbers take one, and a decimal that is near the one before
 * it takes two or three.
 */
final class CompactOutput {

    /** A decimal of as many digits has an unscaled value that fits into a long. */
    private static final int LONG_DIGITS = 18;

    private byte[] bytes;
    private int length;
    private int scaleBefore;
    private long unscaledBefore;

    /**
     * @param expected how many bytes it will probably be
     */
    CompactOutput(int expected) {
        bytes = new byte[Math.max(expected, 16)];
    }

    /** Seven bits a byte, the lowest first; the sign is the lowest bit of all. */
    void number(long value) {
        long rest = value << 1 ^ value >> 63;
        room(10);
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    /**
     * The scale, and the unscaled value as a difference to the decimal before, if that has the same
     * scale. The lowest bit of the first number says that the value does not fit into a long.
     */
    void decimal(BigDecimal value) {
        int scale = value.scale();
        if (value.precision() > LONG_DIGITS) {
            number(2L * scale + 1);
            bytes(value.unscaledValue().toByteArray());
            return;
        }
        long unscaled = value.unscaledValue().longValue();
        number(2L * scale);
        number(scale == scaleBefore ? unscaled - unscaledBefore : unscaled);
        scaleBefore = scale;
        unscaledBefore = unscaled;
    }

    void text(String text) {
        bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes behind their number. */
    void bytes(byte[] some) {
        number(some.length);
        room(some.length);
        System.arraycopy(some, 0, bytes, length, some.length);
        length += some.length;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
