package io.kline.tools.bench;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Interval;
import io.kline.model.Ohlcv;
import io.kline.model.Trade;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The minutes of many symbols, made up trade by trade. The id of a trade is the time at which it
 * was made, in µs: who gets a candle sees how old its last trade is.
 */
final class MinuteMarket {

    static final Interval MINUTE = Interval.parse("1m", ZoneOffset.UTC);

    private static final long MINUTE_MILLIS = 60_000;

    private final List<String> symbols;
    private final Random random;

    /** By symbol and open time. */
    private final Map<String, NavigableMap<Long, Candle>> minutes = new TreeMap<>();

    MinuteMarket(int symbols, long seed) {
        this.symbols = IntStream.range(0, symbols).mapToObj("BENCH%04dUSDT"::formatted).toList();
        this.random = new Random(seed);
        this.symbols.forEach(symbol -> minutes.put(symbol, new TreeMap<>()));
    }

    List<String> symbols() {
        return symbols;
    }

    /** The candles of a symbol, oldest first; all but the last one are closed. */
    Collection<Candle> candles(String symbol) {
        return minutes.get(symbol).values();
    }

    /**
     * Lets every symbol trade in some of the minutes before now.
     *
     * @param span how many minutes before
     * @param step one of so many has trades
     */
    void tradeBefore(Instant now, int span, int step) {
        long first = now.toEpochMilli() - span * MINUTE_MILLIS;
        for (String symbol : symbols) {
            long time = first + random.nextInt(step) * MINUTE_MILLIS;
            for (; time < now.toEpochMilli(); time += step * MINUTE_MILLIS) {
                trade(symbol, Instant.ofEpochMilli(time));
            }
            trade(symbol, now);
        }
    }

    /**
     * A trade of a symbol.
     *
     * @return the candles that it changes: the closed one before it if a minute is over, which gets
     *     a last trade of its own at that moment, and the current one
     */
    List<Candle> trade(String symbol, Instant now) {
        NavigableMap<Long, Candle> candles = minutes.get(symbol);
        long open = MINUTE.openOf(now.toEpochMilli());
        List<Candle> changed = new ArrayList<>();
        if (!candles.isEmpty() && candles.lastEntry().getValue().openTime() < open) {
            Candle before = candles.lastEntry().getValue();
            changed.add(put(before, madeUp(symbol, before.closeTime(), now), true));
        }
        Candle current =
                candles.getOrDefault(
                        open,
                        new Candle(
                                new CandleKey(symbol, MINUTE.code(), open),
                                open + MINUTE_MILLIS - 1,
                                null,
                                false));
        changed.add(put(current, madeUp(symbol, now.toEpochMilli(), now), false));
        return changed;
    }

    private Candle put(Candle candle, Ohlcv trade, boolean closed) {
        Ohlcv content = candle.ohlcv() == null ? trade : candle.ohlcv().plus(trade);
        Candle changed = new Candle(candle.key(), candle.closeTime(), content, closed);
        minutes.get(candle.symbol()).put(candle.openTime(), changed);
        return changed;
    }

    private Ohlcv madeUp(String symbol, long time, Instant now) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, now);
        boolean isLate = time < now.toEpochMilli();
        // Two trades of one moment have ids of their own.
        long id = isLate ? micros - 1 : micros;
        return Ohlcv.of(
                new Trade(
                        symbol,
                        id,
                        id,
                        BigDecimal.valueOf(1 + random.nextLong(10_000_000_000_000L), 8),
                        BigDecimal.valueOf(1 + random.nextLong(1_000_000_000_000L), 6),
                        time,
                        random.nextBoolean()));
    }
}
