package io.kline.tools.bench;

import io.kline.candle.CandleOutput;
import io.kline.candle.Rules;
import io.kline.candle.SymbolCandles;
import io.kline.config.IntervalOptions;
import io.kline.kafka.TradeDeserializer;
import io.kline.model.Candle;
import io.kline.model.Inbound;
import io.kline.model.LateTrade;
import io.kline.model.Trade;
import io.kline.store.KlineJson;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The work on a trade and on a candle, one thread, without Flink and without I/O. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
public class ParseAndFold {

    /** Trades of one symbol that a merge folds: what a hot symbol has in 333 ms. */
    static final int MERGED = 1_000;

    private static final long TEN_MINUTES = 600_000;
    private static final long THIRTY_DAYS = 2_592_000_000L;
    private static final long YEARS = 7_300L * 86_400_000;
    private static final long MILLIS_PER_MERGE = 333;

    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    private final List<Candle> candles = new ArrayList<>();
    private final TradeDeserializer trades = new TradeDeserializer(5_000, YEARS);
    private final Rules rules =
            new Rules(IntervalOptions.DEFAULT_INTERVALS, TEN_MINUTES, THIRTY_DAYS);
    private final SymbolCandles symbol = new SymbolCandles("BENCHUSDT", rules);
    private final Trade[] merged = new Trade[MERGED];
    private Blackhole hole;
    private int next;
    private long id;
    private long now;

    private final Collector<Inbound> accepted =
            new Collector<>() {
                @Override
                public void collect(Inbound inbound) {
                    hole.consume(inbound);
                }

                @Override
                public void close() {}
            };

    private final CandleOutput out =
            new CandleOutput() {
                @Override
                public void candle(Candle candle) {
                    hole.consume(candle);
                }

                @Override
                public void again(Candle candle) {
                    hole.consume(candle);
                }

                @Override
                public void late(LateTrade trade) {
                    hole.consume(trade);
                }
            };

    /** Makes the input. */
    @Setup
    public void fill(Blackhole blackhole) throws Exception {
        hole = blackhole;
        now = System.currentTimeMillis() - 3_600_000;
        trades.open(null);
        Load load = new Load(Shape.HOT, 1, now, FeedPace.steady(MERGED, MILLIS_PER_MERGE));
        for (int i = 0; i < MERGED; i++) {
            LoadRecord record = load.next();
            records.add(new ConsumerRecord<>("trades", 0, i, record.key(), record.value()));
        }
        candles.addAll(new MadeUpCandles().of("BENCHUSDT", 0, 0, false));
        for (int i = 0; i < MERGED; i++) {
            Candle any = new MadeUpCandles().of("P", i, 0, false).get(0);
            merged[i] = new Trade("BENCHUSDT", i, i, any.close(), any.volume(), 1, i % 2 == 0);
        }
    }

    /** A record becomes a trade. */
    @Benchmark
    public void parse() {
        next = next + 1 == records.size() ? 0 : next + 1;
        trades.deserialize(records.get(next), accepted);
    }

    /** {@link #MERGED} trades are taken, and merged into the candles of 15 intervals. */
    @Benchmark
    public void fold() {
        now += MILLIS_PER_MERGE;
        for (Trade trade : merged) {
            id++;
            symbol.offer(
                    new Trade(
                            trade.symbol(),
                            id,
                            id,
                            trade.price(),
                            trade.quantity(),
                            now,
                            trade.buyerIsMaker()),
                    rules);
        }
        symbol.merge(now, now, rules, out);
    }

    /** A candle becomes text. */
    @Benchmark
    public String write() {
        next = next + 1 >= candles.size() ? 0 : next + 1;
        return KlineJson.write(candles.get(next));
    }
}
