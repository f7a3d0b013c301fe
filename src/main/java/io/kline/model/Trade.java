package io.kline.model;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * One execution on the exchange, or an aggregate of executions reported as one.
 *
 * <p>A trade is identified by its symbol and the executions that it stands for. Trades of a symbol
 * are ordered by (time, id).
 *
 * @param symbol {@code [A-Z0-9._-]{1,32}}
 * @param id id of the last execution it stands for, unique per symbol, not negative
 * @param price above zero, at most 20 integer and 18 fraction digits
 * @param quantity above zero, in the base asset, at most 20 integer and 18 fraction digits
 * @param time when it happened, ms since the epoch
 * @param buyerIsMaker whether the buyer's order was resting; {@code false} means a taker buy
 * @param firstId id of the first execution it stands for; {@code id} unless aggregated
 * @param lastId id of the last execution it stands for; {@code id} unless aggregated
 */
public record Trade(
        String symbol,
        long id,
        BigDecimal price,
        BigDecimal quantity,
        long time,
        boolean buyerIsMaker,
        long firstId,
        long lastId) {

    /** What a symbol looks like. */
    public static final Pattern SYMBOL = Pattern.compile("[A-Z0-9._-]{1,32}");

    /** Whether a text may be a symbol; nothing else may reach a key or a statement. */
    public static boolean isSymbol(String text) {
        return SYMBOL.matcher(text).matches();
    }

    /**
     * A trade of nothing: it tells that an earlier run of the job has left candles of a symbol, and
     * is never folded.
     *
     * @param time trades of the symbol are read again from then on; behind the dedupe, the newest
     *     candle opened then; ms
     */
    public static Trade sighting(String symbol, long time) {
        return new Trade(symbol, 0, BigDecimal.ZERO, BigDecimal.ZERO, time, false, 0, -1);
    }

    /** Whether it is a {@link #sighting}. */
    public boolean isSighting() {
        return count() == 0;
    }

    /** Number of executions it stands for, at least 1; 0 for a {@link #sighting}. */
    public long count() {
        return lastId - firstId + 1;
    }
}
