package io.kline.state;

import io.kline.model.Inbound.Accepted;
import io.kline.model.Lag;
import io.kline.model.Trade;
import io.kline.model.TradeBundle;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes trades of a symbol for the shuffle. Nothing is shared with what is written into state:
 * each call here then meets one kind of view, and the compiler can inline it.
 */
final class TradeBundleSerializer extends ValueSerializer<TradeBundle> {

    static final TradeBundleSerializer INSTANCE = new TradeBundleSerializer();

    private static final int BUYER_IS_MAKER = 1;

    /** Behind the first bit. */
    private static final Lag[] LAGS = Lag.values();

    private TradeBundleSerializer() {
        super(1);
    }

    @Override
    void write(TradeBundle bundle, DataOutputView target) throws IOException {
        List<Accepted> trades = bundle.trades();
        target.writeUTF(bundle.symbol());
        target.writeInt(trades.size());
        for (int i = 0; i < trades.size(); i++) {
            writeOne(trades.get(i), target);
        }
    }

    private static void writeOne(Accepted accepted, DataOutputView target) throws IOException {
        Trade trade = accepted.trade();
        int flags = (trade.buyerIsMaker() ? BUYER_IS_MAKER : 0) | accepted.lag().ordinal() << 1;
        target.writeByte(flags);
        target.writeLong(trade.firstId());
        target.writeLong(trade.lastId());
        target.writeLong(trade.time());
        target.writeLong(accepted.present());
        writeDecimal(trade.price(), target);
        writeDecimal(trade.quantity(), target);
        RawRecords.write(accepted.raw(), target);
    }

    @Override
    TradeBundle read(int from, DataInputView source) throws IOException {
        String symbol = source.readUTF();
        int size = source.readInt();
        List<Accepted> trades = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            trades.add(readOne(symbol, source));
        }
        return new TradeBundle(symbol, trades);
    }

    private static Accepted readOne(String symbol, DataInputView source) throws IOException {
        int flags = source.readByte();
        long firstId = source.readLong();
        long lastId = source.readLong();
        long time = source.readLong();
        long present = source.readLong();
        BigDecimal price = readDecimal(source);
        BigDecimal quantity = readDecimal(source);
        boolean buyerIsMaker = (flags & BUYER_IS_MAKER) != 0;
        return new Accepted(
                new Trade(symbol, firstId, lastId, price, quantity, time, buyerIsMaker),
                RawRecords.read(source),
                present,
                LAGS[flags >> 1]);
    }

    /** Its scale, and its unscaled value as a long or, behind its length, as bytes. */
    private static void writeDecimal(BigDecimal value, DataOutputView target) throws IOException {
        BigInteger unscaled = value.unscaledValue();
        target.writeByte(value.scale());
        if (unscaled.bitLength() < Long.SIZE) {
            target.writeByte(0);
            target.writeLong(unscaled.longValue());
        } else {
            byte[] bytes = unscaled.toByteArray();
            target.writeByte(bytes.length);
            target.write(bytes);
        }
    }

    private static BigDecimal readDecimal(DataInputView source) throws IOException {
        int scale = source.readByte();
        int length = source.readByte();
        if (length == 0) {
            return BigDecimal.valueOf(source.readLong(), scale);
        }
        byte[] bytes = new byte[length];
        source.readFully(bytes);
        return new BigDecimal(new BigInteger(bytes), scale);
    }

    @Override
    public TypeSerializerSnapshot<TradeBundle> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<TradeBundle> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
