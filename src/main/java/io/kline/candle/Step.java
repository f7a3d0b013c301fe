package io.kline.candle;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Ohlcv;
import java.util.TreeSet;

/** What one step of a symbol has to do in each of its series. */
final class Step {

    final String symbol;
    final Rules rules;
    final CandleOutput out;

    /** Candles that end at or before it were closed before the step, ms. */
    final long from;

    /** Candles that end at or before it are closed now, ms. */
    final long clock;

    /** Time that has passed since any fixed moment, ms. */
    final long now;

    /** Candles that end at or before it take no more trades after the step, ms. */
    final long givenUp;

    /** Open times of the traded candles that the series at hand has to issue. */
    final TreeSet<Long> changed = new TreeSet<>();

    /** Whether a long row of flat candles carries another trade than before the step. */
    boolean isLongTailChanged;

    Step(
            String symbol,
            Rules rules,
            CandleOutput out,
            long from,
            long clock,
            long now,
            long givenUp) {
        this.symbol = symbol;
        this.rules = rules;
        this.out = out;
        this.from = from;
        this.clock = clock;
        this.now = now;
        this.givenUp = givenUp;
    }

    /** A candle that opens and ends at these times, ms; closed if the clock has reached its end. */
    Candle candle(String interval, long open, long end, Ohlcv content) {
        return new Candle(new CandleKey(symbol, interval, open), end - 1, content, end <= clock);
    }
}
