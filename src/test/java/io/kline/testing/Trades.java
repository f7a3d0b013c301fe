package io.kline.testing;

import io.kline.model.Trade;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Random;

/** A small language for trades in tests. */
public final class Trades {

    private Trades() {}

    /** A taker buy of one unit. */
    public static Trade trade(String symbol, long id, String time, String price) {
        return trade(symbol, id, time, price, "1", false);
    }

    /** The same at a time in ms. */
    public static Trade trade(String symbol, long id, long time, String price) {
        return new Trade(symbol, id, id, new BigDecimal(price), BigDecimal.ONE, time, false);
    }

    public static Trade trade(
            String symbol, long id, String time, String price, String quantity, boolean maker) {
        return new Trade(
                symbol, id, id, new BigDecimal(price), new BigDecimal(quantity), at(time), maker);
    }

    /** A trade of some price and quantity. */
    public static Trade some(Random random, String symbol, long id, long time) {
        return new Trade(
                symbol,
                id,
                id,
                BigDecimal.valueOf(100 + random.nextInt(100), 2),
                BigDecimal.valueOf(1 + random.nextInt(100), 4),
                time,
                random.nextBoolean());
    }

    /** Ms since the epoch of an instant such as {@code 2025-03-04T00:00:00Z}. */
    public static long at(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
