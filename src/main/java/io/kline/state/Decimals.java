package io.kline.state;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The bytes of an exact decimal: its scale and unscaled value, 11 bytes where that fits into a
 * long.
 */
final class Decimals {

    private static final int LONG_DIGITS = 18;

    private Decimals() {}

    static void write(BigDecimal value, DataOutputView target) throws IOException {
        target.writeShort(value.scale());
        if (value.precision() <= LONG_DIGITS) {
            target.writeByte(0);
            target.writeLong(value.unscaledValue().longValue());
        } else {
            byte[] unscaled = value.unscaledValue().toByteArray();
            target.writeByte(unscaled.length);
            target.write(unscaled);
        }
    }

    static BigDecimal read(DataInputView source) throws IOException {
        int scale = source.readShort();
        int length = source.readByte();
        if (length == 0) {
            return BigDecimal.valueOf(source.readLong(), scale);
        }
        byte[] unscaled = new byte[length];
        source.readFully(unscaled);
        return new BigDecimal(new BigInteger(unscaled), scale);
    }
}
