package io.kline.tools.demo;

import io.kline.model.Trade;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The made-up market of one instrument: orders arrive at random and each becomes one or more trades
 * of the same ms.
 *
 * <p>The price is a random walk of its logarithm with slowly changing volatility, drawn back to the
 * instrument's price and never further than a factor of 3 from it. Now and then orders come in
 * bursts; a sleepy market falls silent for minutes.
 */
final class Market {

    private enum Mood {
        CALM(0.8, 1, 120_000),
        BURST(5, 2.5, 6_000),
        SILENT(0, 1, 120_000);

        private final double activity;
        private final double volatility;
        private final double meanMillis;

        Mood(double activity, double volatility, double meanMillis) {
            this.activity = activity;
            this.volatility = volatility;
            this.meanMillis = meanMillis;
        }
    }

    private static final double MAX_DISTANCE = Math.log(3);

    /** How far, as a logarithm, the walk strays from the instrument's price in the long run. */
    private static final double USUAL_DISTANCE = 0.15;

    private static final double CLUSTER_SECONDS = 300;
    private static final double CLUSTER_STRENGTH = 0.6;

    /** Longest time the walk makes up for in one step, so that a pause ends without a jump. */
    private static final double MAX_STEP_SECONDS = 300;

    private static final double SWEEP_SHARE = 0.3;

    /** Each further trade of a sweep comes with this chance. */
    private static final double SWEEP_ON = 0.7;

    /** Highest number of trades per second while it makes up its past. */
    private static final double PAST_RATE = 0.5;

    private static final double TRADES_PER_ORDER = 1 + SWEEP_SHARE / (1 - SWEEP_ON);

    private static final double MEDIAN_VALUE = 150;
    private static final double VALUE_SPREAD = 1.3;

    private final Instrument instrument;
    private final double ordersPerMilli;
    private final double volatility;
    private final boolean sleepy;
    private final long present;
    private final double pastShare;
    private final RandomGenerator random;
    private final double reference;

    private Mood mood = Mood.CALM;
    private double moodEnd;
    private double nextOrder;
    private double lastOrder;
    private double logPrice;
    private double logVolatility;
    private long ticks;
    private boolean buy;
    private long nextId;

    /**
     * @param tradesPerSecond on average
     * @param volatility standard deviation of the logarithm of the price after one second
     * @param sleepy whether it falls silent now and then
     * @param start when it opens, ms
     * @param present until then a busy market has fewer and larger trades, ms
     * @param firstId id of its first trade
     */
    Market(
            Instrument instrument,
            double tradesPerSecond,
            double volatility,
            boolean sleepy,
            long start,
            long present,
            long firstId,
            RandomGenerator random) {
        this.instrument = instrument;
        this.ordersPerMilli = tradesPerSecond / TRADES_PER_ORDER / 1000;
        this.volatility = volatility;
        this.sleepy = sleepy;
        this.present = present;
        this.pastShare = Math.min(1, PAST_RATE / tradesPerSecond);
        this.random = random;
        this.reference = Math.log(instrument.price().doubleValue());
        this.logPrice = reference;
        this.ticks = instrument.price().unscaledValue().longValueExact();
        this.lastOrder = start;
        this.nextOrder = start;
        this.moodEnd = start + duration(mood);
        this.nextId = firstId;
        schedule();
    }

    /** When the next trades happen, ms. */
    long nextTime() {
        return (long) nextOrder;
    }

    /** The next trades, at least one, in the order of their ids. */
    List<Trade> next() {
        long before = ticks;
        walk();
        buy = takerBuys(Long.signum(ticks - before));
        List<Trade> trades = trades();
        lastOrder = nextOrder;
        schedule();
        return trades;
    }

    private void walk() {
        double seconds = Math.min((nextOrder - lastOrder) / 1000, MAX_STEP_SECONDS);
        double forget = seconds / CLUSTER_SECONDS;
        logVolatility +=
                -logVolatility * forget
                        + CLUSTER_STRENGTH * Math.sqrt(2 * forget) * random.nextGaussian();
        double deviation = volatility * mood.volatility * Math.exp(Math.min(logVolatility, 2));
        double distance = logPrice - reference;
        double pull = 0.5 * Math.pow(volatility / USUAL_DISTANCE, 2) * seconds;
        distance += -distance * pull + deviation * Math.sqrt(seconds) * random.nextGaussian();
        logPrice = reference + Math.max(-MAX_DISTANCE, Math.min(MAX_DISTANCE, distance));
        ticks = Math.max(1, Math.round(Math.exp(logPrice) * Math.pow(10, instrument.tickScale())));
    }

    private boolean takerBuys(int direction) {
        if (direction == 0) {
            return random.nextDouble() < 0.6 == buy;
        }
        return random.nextDouble() < 0.85 == direction > 0;
    }

    private List<Trade> trades() {
        int size = 1;
        if (random.nextDouble() < SWEEP_SHARE) {
            do {
                size++;
            } while (random.nextDouble() < SWEEP_ON);
        }
        List<Trade> trades = new ArrayList<>(size);
        for (int rest = size - 1; rest >= 0; rest--) {
            long worse = buy ? -rest / 2 : rest / 2;
            trades.add(trade(Math.max(1, ticks + worse)));
        }
        return trades;
    }

    private Trade trade(long priceTicks) {
        double price = Math.exp(logPrice);
        double value = MEDIAN_VALUE / share() * Math.exp(VALUE_SPREAD * random.nextGaussian());
        long lots = Math.max(1, Math.round(value / price * Math.pow(10, instrument.lotScale())));
        long id = nextId++;
        return new Trade(
                instrument.symbol(),
                id,
                id,
                BigDecimal.valueOf(priceTicks, instrument.tickScale()),
                BigDecimal.valueOf(lots, instrument.lotScale()),
                nextTime(),
                !buy);
    }

    private void schedule() {
        double rate = rate();
        double next = rate == 0 ? moodEnd : nextOrder + random.nextExponential() / rate;
        while (next >= moodEnd) {
            nextOrder = moodEnd;
            mood = nextMood();
            moodEnd += duration(mood);
            rate = rate();
            next = rate == 0 ? moodEnd : nextOrder + random.nextExponential() / rate;
        }
        nextOrder = next;
    }

    /** Orders per ms. */
    private double rate() {
        return ordersPerMilli * mood.activity * share();
    }

    /** The share of the trades that is made: each stands for as many as are left out. */
    private double share() {
        return nextOrder < present ? pastShare : 1;
    }

    private Mood nextMood() {
        if (mood != Mood.CALM) {
            return Mood.CALM;
        }
        return sleepy && random.nextBoolean() ? Mood.SILENT : Mood.BURST;
    }

    private double duration(Mood of) {
        return of.meanMillis * (0.5 + random.nextDouble());
    }
}
