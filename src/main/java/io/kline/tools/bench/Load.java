package io.kline.tools.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Random;

/**
 * Made-up trades of a market, as events of Binance's streams: 0.1 % are late (half of them by more
 * than the allowed lateness, as soon as the load is old enough for that), 0.1 % come twice, 0.01 %
 * are no trades. The same seed, pace and begin make the same bytes.
 */
final class Load {

    private static final double MALFORMED = 0.000_1;
    private static final double DUPLICATE = 0.001;
    private static final double LATE = 0.001;

    /** A duplicate comes at most this many records behind the first. */
    private static final int RECENT = 1_000;

    /** The end of its minute and the allowed lateness of ten minutes have passed, ms. */
    private static final long TOO_LATE = 11 * 60_000;

    private static final long MOST_LATER = 30_000;
    private static final long MOST_DISORDER = 90_000;
    private static final long FIRST_ID = 4_000_000_000L;

    private final double[] shares;
    private final byte[][] keys;
    private final String[] symbols;
    private final long[] ids;
    private final long[] prices;
    private final LoadRecord[] recent = new LoadRecord[RECENT];
    private final Random random;
    private final StringBuilder text = new StringBuilder(200);
    private final long begin;
    private final FeedPace pace;
    private long made;

    /**
     * @param begin time of the first trade, ms
     * @param pace how many there are, and how their times advance
     */
    Load(Shape shape, long seed, long begin, FeedPace pace) {
        this.shares = shape.cumulativeShares();
        this.random = new Random(seed);
        this.begin = begin;
        this.pace = pace;
        int count = shape.symbols();
        this.symbols = new String[count];
        this.keys = new byte[count][];
        this.ids = new long[count];
        this.prices = new long[count];
        for (int i = 0; i < count; i++) {
            symbols[i] = "B%05dUSDT".formatted(i);
            keys[i] = symbols[i].getBytes(UTF_8);
            ids[i] = FIRST_ID + i * 1_000_003L;
            prices[i] = 1_000_000 + random.nextInt(100_000_000);
        }
    }

    /** The next record. */
    LoadRecord next() {
        long time = begin + pace.due(made);
        LoadRecord record = next(time, random.nextDouble());
        recent[(int) (made++ % RECENT)] = record;
        return record;
    }

    private LoadRecord next(long time, double kind) {
        if (kind < DUPLICATE && made > 0) {
            LoadRecord again = recent[random.nextInt((int) Math.min(made, RECENT))];
            return new LoadRecord(
                    again.key(), again.value(), again.id(), time, LoadRecord.Kind.DUPLICATE);
        }
        int symbol = symbol(random.nextDouble());
        if (kind >= 1 - MALFORMED) {
            byte[] whole = trade(symbol, time);
            byte[] part = Arrays.copyOf(whole, whole.length / 2);
            return new LoadRecord(
                    keys[symbol], part, ids[symbol] - 1, time, LoadRecord.Kind.MALFORMED);
        }
        if (kind >= 1 - MALFORMED - LATE) {
            long late = time - TOO_LATE - random.nextLong(MOST_LATER);
            if (random.nextBoolean() && late >= begin) {
                return new LoadRecord(
                        keys[symbol],
                        trade(symbol, late),
                        ids[symbol] - 1,
                        time,
                        LoadRecord.Kind.LATE);
            }
            long before = Math.max(begin, time - random.nextLong(MOST_DISORDER));
            return new LoadRecord(
                    keys[symbol],
                    trade(symbol, before),
                    ids[symbol] - 1,
                    time,
                    LoadRecord.Kind.DISORDERED);
        }
        return new LoadRecord(
                keys[symbol], trade(symbol, time), ids[symbol] - 1, time, LoadRecord.Kind.IN_ORDER);
    }

    private int symbol(double share) {
        int found = Arrays.binarySearch(shares, share);
        return found >= 0 ? found : -found - 1;
    }

    private byte[] trade(int symbol, long time) {
        prices[symbol] = Math.max(100, prices[symbol] + random.nextInt(201) - 100);
        text.setLength(0);
        text.append("{\"e\":\"trade\",\"E\":").append(time + 3);
        text.append(",\"s\":\"").append(symbols[symbol]);
        text.append("\",\"t\":").append(ids[symbol]++);
        text.append(",\"p\":\"");
        decimal(prices[symbol], 100, 2);
        text.append("\",\"q\":\"");
        decimal(1 + random.nextInt(500_000_000), 100_000, 5);
        text.append("\",\"T\":").append(time);
        text.append(",\"m\":").append(random.nextBoolean()).append(",\"M\":true}");
        return text.toString().getBytes(UTF_8);
    }

    private void decimal(long value, long unit, int digits) {
        text.append(value / unit).append('.');
        String fraction = Long.toString(value % unit);
        text.append("0".repeat(digits - fraction.length())).append(fraction);
    }
}
