package io.kline.tools.demo;

import io.kline.model.Trade;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * An endless made-up market of many symbols, the same for the same seed, start and number of
 * symbols. It knows no clock: the caller decides when to deliver.
 *
 * <p>The first symbol has about 100 trades per second, the last one in several minutes, those
 * between fall off evenly; some are silent for minutes. Ids of a symbol are contiguous and grow
 * with the time. A few trades arrive late, behind younger ones, and fewer arrive twice.
 */
public final class Generator {

    /** Number of symbols of the demo. */
    public static final int DEFAULT_SYMBOLS = 50;

    /** The highest number of symbols. */
    public static final int MAX_SYMBOLS = Instruments.ALL.size();

    /** Bounds of the delay of a trade that arrives late or again, ms. */
    static final int MIN_DELAY = 50;

    static final int MAX_DELAY = 400;

    /** Ids begin at the start in ms × this, so those of a later start are higher. */
    static final long IDS_PER_MILLI = 1000;

    private static final double LATE_SHARE = 0.005;
    private static final double TWICE_SHARE = 0.0005;

    private static final double HIGHEST_RATE = 100;
    private static final double LOWEST_RATE = 1 / 240.0;

    private record Pending(Delivery delivery, long number) {
        long time() {
            return delivery.time();
        }
    }

    private final PriorityQueue<Market> markets =
            new PriorityQueue<>(Comparator.comparingLong(Market::nextTime));
    private final Queue<Trade> happened = new ArrayDeque<>();
    private final PriorityQueue<Pending> delayed =
            new PriorityQueue<>(
                    Comparator.comparingLong(Pending::time).thenComparingLong(Pending::number));
    private final RandomGenerator random;
    private long delays;

    /** A market without a past. */
    public Generator(long seed, int symbols, long start) {
        this(seed, symbols, start, start);
    }

    /**
     * @param seed of all that is random
     * @param symbols from 1 to {@link #MAX_SYMBOLS}
     * @param start when the market opens, ms
     * @param present until then busy symbols have fewer and larger trades, so that the past is
     *     short, ms
     * @throws IllegalArgumentException if {@code symbols} is out of range
     */
    public Generator(long seed, int symbols, long start, long present) {
        if (symbols < 1 || symbols > MAX_SYMBOLS) {
            throw new IllegalArgumentException(
                    "symbols: from 1 to " + MAX_SYMBOLS + ", not " + symbols);
        }
        SplittableRandom root = new SplittableRandom(seed);
        random = root.split();
        for (int rank = 0; rank < symbols; rank++) {
            double place = symbols == 1 ? 0 : rank / (symbols - 1.0);
            markets.add(
                    new Market(
                            Instruments.ALL.get(rank),
                            HIGHEST_RATE * Math.pow(LOWEST_RATE / HIGHEST_RATE, place),
                            1e-4 + 1.5e-4 * place,
                            place > 0.2 && rank % 3 == 2,
                            start,
                            present,
                            start * IDS_PER_MILLI,
                            root.split()));
        }
    }

    /** The next trade to arrive; times of deliveries never go back. */
    public Delivery next() {
        while (true) {
            if (happened.isEmpty()) {
                long next = markets.peek().nextTime();
                if (!delayed.isEmpty() && delayed.peek().time() <= next) {
                    return delayed.poll().delivery();
                }
                trade();
            }
            Trade trade = happened.remove();
            double luck = random.nextDouble();
            if (luck < LATE_SHARE) {
                delay(trade);
                continue;
            }
            if (luck < LATE_SHARE + TWICE_SHARE) {
                delay(trade);
            }
            return new Delivery(trade.time(), trade);
        }
    }

    private void trade() {
        Market market = markets.poll();
        happened.addAll(market.next());
        markets.add(market);
    }

    private void delay(Trade trade) {
        long time = trade.time() + random.nextLong(MIN_DELAY, MAX_DELAY + 1);
        delayed.add(new Pending(new Delivery(time, trade), delays++));
    }
}
