package io.kline.tools.bench.peers;

import io.kline.candle.CandleOutput;
import io.kline.candle.Rules;
import io.kline.candle.SeenExecutions;
import io.kline.candle.SymbolCandles;
import io.kline.config.IntervalOptions;
import io.kline.model.Candle;
import io.kline.model.LateTrade;
import io.kline.model.Trade;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The symbols of one thread, their candles, and the merge of 333 ms. */
final class SymbolMap implements Partitions.Reader, CandleOutput {

    private static final Rules RULES =
            new Rules(
                    IntervalOptions.DEFAULT_INTERVALS,
                    PeerInput.ALLOWED_LATENESS.toMillis(),
                    Duration.ofDays(30).toMillis());

    /** A symbol with trades of so many minutes is merged at once, as in the live job. */
    private static final int MOST_MINUTES = 1_024;

    private final TradeReader reader = new TradeReader();
    private final Map<String, SymbolCandles> symbols = new HashMap<>();
    private final Set<SymbolCandles> pending = new LinkedHashSet<>();
    private final Map<Integer, Long> newestOfPartition = new HashMap<>();
    private final List<Candle> changed = new ArrayList<>();
    private final MinuteCandles minutes;
    private final RedisCandles redis;
    private long nextMerge;

    /**
     * @param redis or null
     */
    SymbolMap(MinuteCandles minutes, RedisCandles redis) {
        this.minutes = minutes;
        this.redis = redis;
    }

    @Override
    public void take(ConsumerRecord<byte[], byte[]> record) {
        Trade trade = reader.read(record);
        if (trade == null) {
            return;
        }
        newestOfPartition.merge(record.partition(), trade.time(), Math::max);
        SymbolCandles candles =
                symbols.computeIfAbsent(trade.symbol(), symbol -> new SymbolCandles(symbol, RULES));
        if (candles.offer(trade, RULES) == SeenExecutions.Answer.NEW) {
            pending.add(candles);
            if (candles.pending().size() >= MOST_MINUTES) {
                merge(candles);
            }
        }
    }

    @Override
    public void polled() {
        if (now() >= nextMerge) {
            merge();
            nextMerge = now() + PeerInput.MERGE_INTERVAL.toMillis();
        }
    }

    @Override
    public void end() {
        merge();
    }

    private void merge() {
        pending.forEach(this::merge);
        pending.clear();
        if (redis != null) {
            redis.flush();
        }
    }

    private void merge(SymbolCandles candles) {
        candles.merge(eventTime(), now(), RULES, this);
        if (redis != null && !changed.isEmpty()) {
            redis.add(candles.symbol(), List.copyOf(changed));
        }
        changed.clear();
    }

    /** The watermark of this thread, ms. */
    private long eventTime() {
        long slowest =
                newestOfPartition.values().stream().mapToLong(Long::longValue).min().orElse(0);
        return Math.max(0, slowest - PeerInput.OUT_OF_ORDERNESS.toMillis());
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }

    @Override
    public void candle(Candle candle) {
        changed.add(candle);
        if (candle.interval().equals("1m") && !candle.isFlat()) {
            minutes.put(MinuteCandle.of(candle));
        }
    }

    @Override
    public void again(Candle candle) {
        changed.add(candle);
    }

    @Override
    public void late(LateTrade trade) {}

    @Override
    public void close() {
        if (redis != null) {
            redis.close();
        }
    }
}
