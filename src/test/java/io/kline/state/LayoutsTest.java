package io.kline.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kline.candle.Rules;
import io.kline.candle.SymbolCandles;
import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.DeadLetter;
import io.kline.model.Inbound;
import io.kline.model.Inbound.Accepted;
import io.kline.model.Interval;
import io.kline.model.KlineEvent;
import io.kline.model.Lag;
import io.kline.model.LateTrade;
import io.kline.model.Ohlcv;
import io.kline.model.RawRecord;
import io.kline.model.Reason;
import io.kline.model.Trade;
import io.kline.model.TradeBundle;
import io.kline.model.TradeRef;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/**
 * Bytes that an earlier build has written are read by every later one. The resource {@code
 * layouts.properties} has a line {@code type.layout=hex} for each type and layout. When a layout
 * changes, the lines of the old one stay and are still read; those of the new one are added: the
 * failing test prints them.
 */
class LayoutsTest {

    private static final long NOON = 1_741_089_600_000L;

    private record Kept<T>(TypeInformation<T> type, T value) {

        TypeSerializer<T> serializer() {
            return type.createSerializer((SerializerConfig) null);
        }

        byte[] bytes() throws IOException {
            return bytesOf(value);
        }

        byte[] bytesOf(T any) throws IOException {
            DataOutputSerializer out = new DataOutputSerializer(256);
            serializer().serialize(any, out);
            return out.getCopyOfBuffer();
        }

        T read(byte[] bytes) throws IOException {
            DataInputDeserializer in = new DataInputDeserializer(bytes);
            T read = serializer().deserialize(in);
            assertThat(in.available()).as("bytes left").isZero();
            return read;
        }

        /** Whether bytes of any layout hold the value: it is then written as the value is. */
        void requireSame(String name, byte[] kept) throws IOException {
            assertThat(bytesOf(read(kept))).as(name).isEqualTo(bytes());
        }
    }

    @Test
    void whatEarlierBuildsHaveWrittenIsRead() throws Exception {
        Properties layouts = layouts();
        Map<String, Kept<?>> values = values();
        for (String name : layouts.stringPropertyNames()) {
            String type = name.substring(0, name.lastIndexOf('.'));
            values.get(type).requireSame(name, HexFormat.of().parseHex(layouts.getProperty(name)));
        }
    }

    @Test
    void whatThisBuildWritesIsKept() throws Exception {
        Properties layouts = layouts();
        StringBuilder missing = new StringBuilder();
        for (Map.Entry<String, Kept<?>> value : values().entrySet()) {
            byte[] bytes = value.getValue().bytes();
            String name = value.getKey() + "." + bytes[0];
            String hex = HexFormat.of().formatHex(bytes);
            if (!hex.equals(layouts.getProperty(name))) {
                missing.append(name).append('=').append(hex).append('\n');
            }
        }
        assertThat(missing.toString()).as("lines to be added to layouts.properties").isEmpty();
    }

    @Test
    void everyLagIsRead() throws Exception {
        RawRecord raw = new RawRecord(3, 1, null, new byte[0]);
        for (Lag lag : Lag.values()) {
            Accepted accepted = new Accepted(trade(1, 1, NOON, "1"), raw, NOON, lag);
            Kept<Accepted> one = new Kept<>(KlineTypes.ACCEPTED, accepted);
            assertThat(one.read(one.bytes()).lag()).isEqualTo(lag);
            TradeBundle bundle = new TradeBundle(accepted.symbol(), List.of(accepted));
            Kept<TradeBundle> all = new Kept<>(KlineTypes.TRADE_BUNDLE, bundle);
            assertThat(all.read(all.bytes()).trades().get(0).lag()).isEqualTo(lag);
        }
    }

    @Test
    void anUnknownLayoutIsRefusedByNumber() throws Exception {
        for (Kept<?> value : values().values()) {
            byte[] bytes = value.bytes();
            bytes[0] = 99;
            assertThatThrownBy(() -> value.read(bytes))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("not 99")
                    .hasMessageContaining("Serializer");
        }
    }

    private static Properties layouts() throws IOException {
        Properties layouts = new Properties();
        try (InputStream resource = LayoutsTest.class.getResourceAsStream("layouts.properties")) {
            layouts.load(resource);
        }
        return layouts;
    }

    private static Map<String, Kept<?>> values() {
        Trade trade = trade(7, 9, NOON + 1, "12345678901234567890.123456789012345678");
        RawRecord raw = new RawRecord(3, 1L << 40, null, new byte[] {0, -1, 127});
        Accepted accepted = new Accepted(trade, raw, NOON + 5_000, Lag.LONG);
        DeadLetter dead = new DeadLetter(Reason.ID_REUSED, "known ids", raw);
        CandleKey key = new CandleKey("币安人生USDT", "1M", NOON);
        Candle candle = new Candle(key, NOON + 59_999, Ohlcv.of(trade), true, 4);
        Candle flat = new Candle(key, NOON, Ohlcv.flat(BigDecimal.ONE, new TradeRef(-1, 5)), false);
        LateTrade late = new LateTrade("3d", NOON, trade, true, NOON + 1, false, 12, false);
        Map<String, Kept<?>> values = new LinkedHashMap<>();
        values.put("accepted", new Kept<>(KlineTypes.ACCEPTED, accepted));
        TradeBundle bundle =
                new TradeBundle(
                        trade.symbol(),
                        List.of(
                                accepted,
                                new Accepted(trade(11, 11, NOON, "1.50"), raw, NOON, Lag.NONE)));
        values.put("bundle", new Kept<>(KlineTypes.TRADE_BUNDLE, bundle));
        values.put("inbound-accepted", new Kept<>(KlineTypes.INBOUND, accepted));
        values.put("inbound-rejected", new Kept<>(KlineTypes.INBOUND, new Inbound.Rejected(dead)));
        values.put("inbound-ignored", new Kept<>(KlineTypes.INBOUND, Inbound.Ignored.INSTANCE));
        values.put("dead-letter", new Kept<>(KlineTypes.DEAD_LETTER, dead));
        values.put("candle", new Kept<>(KlineTypes.CANDLE, candle));
        values.put("candle-flat", new Kept<>(KlineTypes.CANDLE, flat));
        values.put("late-trade", new Kept<>(KlineTypes.LATE_TRADE, late));
        values.put("closed", new Kept<>(KlineTypes.KLINE_EVENT, new KlineEvent.Closed(candle)));
        values.put("corrected", new Kept<>(KlineTypes.KLINE_EVENT, new KlineEvent.Corrected(flat)));
        values.put("late", new Kept<>(KlineTypes.KLINE_EVENT, new KlineEvent.Late(late)));
        values.put("symbol", new Kept<>(KlineTypes.SYMBOL_CANDLES, symbol()));
        return values;
    }

    /** With something in every part of its state. */
    private static SymbolCandles symbol() {
        ZoneOffset offset = ZoneOffset.ofHoursMinutes(5, 30);
        Rules rules =
                new Rules(
                        List.of(
                                Interval.parse("1m", offset),
                                Interval.parse("3d", offset),
                                Interval.parse("1M", offset)),
                        600_000,
                        86_400_000);
        SymbolCandles symbol = new SymbolCandles("币安人生USDT", rules);
        NoOutput none = new NoOutput();
        symbol.offer(trade(1, 1, NOON - 7_200_000, "1.5"), rules);
        symbol.merge(0, 1, rules, none);
        symbol.offer(trade(5, 6, NOON - 5_400_000, "1.25"), rules);
        symbol.offer(trade(8, 8, NOON, "1.75"), rules);
        symbol.merge(NOON, 2, rules, none);
        symbol.offer(trade(9, 9, NOON - 7_000_000, "2"), rules);
        symbol.merge(NOON, 3, rules, none);
        symbol.tick(NOON + 3_600_000, 4, rules, none);
        symbol.offer(trade(11, 12, NOON + 60_000, "1.125"), rules);
        symbol.offer(trade(13, 13, NOON - 3_600_000, "1"), rules);
        assertThat(symbol.pending().size()).isPositive();
        assertThat(symbol.pending().singles()).isNotEmpty();
        assertThat(symbol.series().get(0).flats().due().ranges()).isNotEmpty();
        assertThat(symbol.series().get(0).flats().gaps()).isNotEmpty();
        assertThat(symbol.series().get(0).contents().counts().size()).isPositive();
        return symbol;
    }

    private static Trade trade(long first, long last, long time, String price) {
        return new Trade(
                "币安人生USDT",
                first,
                last,
                new BigDecimal(price),
                BigDecimal.TEN,
                time,
                first % 2 == 0);
    }
}
