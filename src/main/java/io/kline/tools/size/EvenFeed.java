package io.kline.tools.size;

import io.kline.store.TradeJson;
import io.kline.tools.replay.TradeTopic;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Trades of now, spread evenly and at random over symbols. */
final class EvenFeed {

    private static final int STEPS_PER_SECOND = 50;
    private static final long MINUTE = 60_000;

    private final CpuMeasurement.Feed feed;
    private final TradeTopic topic;
    private final Random random = new Random(1);

    /** The last id of each symbol, above those of all feeds before this one. */
    private final long[] ids;

    private long sent;

    EvenFeed(CpuMeasurement.Feed feed, TradeTopic topic) {
        this.feed = feed;
        this.topic = topic;
        this.ids = new long[feed.symbols()];
        Arrays.fill(ids, System.currentTimeMillis());
    }

    /** Number of trades sent so far. */
    long sent() {
        return sent;
    }

    /** Sends for a time. */
    void run(Duration time) throws InterruptedException {
        long start = System.nanoTime();
        long before = sent;
        long steps = time.toSeconds() * STEPS_PER_SECOND;
        for (long step = 1; step <= steps; step++) {
            while (sent - before < step * feed.rate() / STEPS_PER_SECOND) {
                send();
            }
            long due = start + step * TimeUnit.SECONDS.toNanos(1) / STEPS_PER_SECOND;
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        }
    }

    /** Sends a trade a minute of every symbol, of the time until now, as fast as possible. */
    void past(Duration time) {
        long now = System.currentTimeMillis();
        for (long at = now - time.toMillis(); at < now; at += MINUTE) {
            for (int number = 0; number < ids.length; number++) {
                send("PAST%04dUSDT".formatted(number), at, ++ids[number]);
            }
        }
        topic.flush();
    }

    private void send(String symbol, long time, long id) {
        topic.send(symbol, TradeJson.write(ByteMeasurement.trade(symbol, time, id), time));
        sent++;
    }

    private void send() {
        int number = random.nextInt(ids.length);
        send("SIZE%04dUSDT".formatted(number), System.currentTimeMillis(), ++ids[number]);
    }
}
