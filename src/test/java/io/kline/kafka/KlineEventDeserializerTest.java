package io.kline.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Interval;
import io.kline.model.KlineEvent;
import io.kline.model.LateTrade;
import io.kline.model.Ohlcv;
import io.kline.model.Trade;
import io.kline.model.TradeRef;
import io.kline.store.KlineJson;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A foreign record on the klines topic is set aside and counted; history goes on. */
class KlineEventDeserializerTest {

    private static final String GOOD =
            KlineJson.writeEvent(
                    new Candle(
                            new CandleKey("BTCUSDT", "1m", 0),
                            59_999,
                            Ohlcv.flat(new BigDecimal("1.5"), new TradeRef(5, 7)),
                            true),
                    9);

    private final SimpleCounter foreign = new SimpleCounter();
    private final KlineEventDeserializer deserializer = new KlineEventDeserializer();
    private final List<KlineEvent> events = new ArrayList<>();

    @BeforeEach
    void open() {
        deserializer.open(
                new DeserializationSchema.InitializationContext() {
                    @Override
                    public MetricGroup getMetricGroup() {
                        return new UnregisteredMetricsGroup() {
                            @Override
                            public Counter counter(String name) {
                                return foreign;
                            }
                        };
                    }

                    @Override
                    public UserCodeClassLoader getUserCodeClassLoader() {
                        throw new UnsupportedOperationException();
                    }
                });
    }

    @Test
    void passesAnEventOn() {
        read(GOOD);
        assertThat(events).hasSize(1);
        assertThat(foreign.getCount()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"i\":\"1m\"|\"i\":\"7x\"",
                "\"s\":\"BTCUSDT\"|\"s\":\"ANAMEOFMORETHANTHIRTYTWOCHARACTERS\"",
                "\"s\":\"BTCUSDT\"|\"s\":\"btc usdt\"",
                "\"c\":\"1.5\"|\"c\":\"123456789012345678901234\"",
                "\"o\":\"1.5\"|\"o\":\"0.0000000000000000001\"",
                "\"h\":\"1.5\"|\"h\":\"-1.5\"",
                "\"v\":\"0\"|\"v\":\"-1\"",
                "\"v\":\"0\"|\"v\":\"1E-500000000\"",
                "\"q\":\"0\"|\"q\":\"1E+999999999\"",
                "\"V\":\"0\"|\"V\":\"0E+999999999\"",
                "\"T\":59999|\"T\":-1",
                "\"e\":\"kline\"|\"e\":\"depth\"",
                "{|[",
                "\"ft\":-1}|\"ft\":-1}{}",
            })
    void setsAsideAndCounts(String part, String foreignPart) {
        assertThat(GOOD).contains(part);
        read(GOOD.replace(part, foreignPart));
        read(GOOD);
        assertThat(foreign.getCount()).isEqualTo(1);
        assertThat(events).hasSize(1);
    }

    /** The corrector would fail at each of them, for ever, or never come to an end. */
    @Test
    void setsAsideLateTradesThatNoJobMakes() {
        LateTrade good = late(60_000, 61_000, true, 180_000);
        read(KlineJson.writeEvent(good, 0));
        assertThat(events).hasSize(1);
        for (LateTrade foreignOne :
                List.of(
                        late(60_001, 61_000, true, 180_000),
                        late(120_000, 61_000, true, 180_000),
                        late(60_000, 60_000 + 32 * 86_400_000L, false, 0),
                        late(60_000, 61_000, true, Long.MAX_VALUE - 1))) {
            read(KlineJson.writeEvent(foreignOne, 0));
        }
        assertThat(events).hasSize(1);
        assertThat(foreign.getCount()).isEqualTo(4);
    }

    @Test
    void takesLateTradesOfAnyInterval() {
        long march = 1_772_323_200_000L;
        long day = 86_400_000L;
        for (String interval : List.of("1M", "3M", "45d", "5w", "1m")) {
            Interval one = Interval.parse(interval, ZoneOffset.UTC);
            long open = one.openOf(march);
            long last = one.nextOpen(open) - 1;
            // In another offset the same candle is earlier or later by half a day.
            for (long shift : new long[] {-day / 2, 0, day / 2}) {
                read(late(interval, open + shift, last + shift));
            }
        }
        assertThat(foreign.getCount()).isZero();
        assertThat(events).hasSize(15);
    }

    private static String late(String interval, long open, long time) {
        Trade trade =
                new Trade("BTCUSDT", 7, 7, new BigDecimal("1.5"), BigDecimal.ONE, time, false);
        return KlineJson.writeEvent(
                new LateTrade(
                        interval,
                        open,
                        trade,
                        false,
                        Long.MAX_VALUE,
                        false,
                        LateTrade.UNKNOWN,
                        false),
                0);
    }

    private static LateTrade late(long open, long time, boolean carried, long until) {
        Trade trade =
                new Trade("BTCUSDT", 7, 7, new BigDecimal("1.5"), BigDecimal.ONE, time, false);
        return new LateTrade("1m", open, trade, carried, until, false, LateTrade.UNKNOWN, false);
    }

    private void read(String json) {
        deserializer.deserialize(
                new ConsumerRecord<>("klines", 0, 0, null, json.getBytes(UTF_8)),
                new ListCollector<>(events));
    }

    @Test
    void theLogRepeatsLittleOfAForeignRecordAndOnOneLine() {
        assertThat(KlineEventDeserializer.printable("not an event:\n{\u001b[31m}"))
                .isEqualTo("not an event:?{?[31m}");
        assertThat(KlineEventDeserializer.printable("x".repeat(900_000)))
                .isEqualTo("x".repeat(200) + "…");
    }
}
