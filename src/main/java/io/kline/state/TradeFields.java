package io.kline.state;

import io.kline.model.Trade;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes trades, as a part of other values. */
final class TradeFields {

    private TradeFields() {}

    static void write(Trade value, DataOutputView target) throws IOException {
        target.writeUTF(value.symbol());
        target.writeLong(value.firstId());
        target.writeLong(value.lastId());
        Decimals.write(value.price(), target);
        Decimals.write(value.quantity(), target);
        target.writeLong(value.time());
        target.writeBoolean(value.buyerIsMaker());
    }

    static Trade read(DataInputView source) throws IOException {
        return new Trade(
                source.readUTF(),
                source.readLong(),
                source.readLong(),
                Decimals.read(source),
                Decimals.read(source),
                source.readLong(),
                source.readBoolean());
    }
}
