package io.kline.state;

import io.kline.model.Ohlcv;
import io.kline.model.TradeRef;
import java.io.IOException;
import java.math.BigDecimal;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes contents of candles, as a part of other values. */
final class OhlcvFields {

    private OhlcvFields() {}

    static void write(Ohlcv value, DataOutputView target) throws IOException {
        target.writeLong(value.first().time());
        target.writeLong(value.first().id());
        target.writeLong(value.last().time());
        target.writeLong(value.last().id());
        target.writeLong(value.count());
        Decimals.write(value.close(), target);
        if (!value.isFlat()) {
            Decimals.write(value.open(), target);
            Decimals.write(value.high(), target);
            Decimals.write(value.low(), target);
            Decimals.write(value.volume(), target);
            Decimals.write(value.quoteVolume(), target);
            Decimals.write(value.takerBuyVolume(), target);
            Decimals.write(value.takerBuyQuoteVolume(), target);
        }
    }

    static Ohlcv read(DataInputView source) throws IOException {
        TradeRef first = new TradeRef(source.readLong(), source.readLong());
        TradeRef last = new TradeRef(source.readLong(), source.readLong());
        long count = source.readLong();
        BigDecimal close = Decimals.read(source);
        if (count == 0) {
            return Ohlcv.flat(close, last);
        }
        return new Ohlcv(
                first,
                last,
                Decimals.read(source),
                Decimals.read(source),
                Decimals.read(source),
                close,
                Decimals.read(source),
                Decimals.read(source),
                Decimals.read(source),
                Decimals.read(source),
                count);
    }
}
