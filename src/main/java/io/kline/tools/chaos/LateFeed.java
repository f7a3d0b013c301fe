package io.kline.tools.chaos;

import io.kline.store.TradeJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Trades of symbols of its own, of the last 40 minutes and then of now. Every tenth is withheld and
 * comes late, in any order.
 */
final class LateFeed implements AutoCloseable {

    private static final int SYMBOLS = 4;
    private static final long PAST_MILLIS = 40 * 60_000L;
    private static final long STEP_MILLIS = 500;

    private record Withheld(String symbol, byte[] value) {}

    private final RawTopic trades;
    private final Random random;
    private final List<Withheld> withheld = new ArrayList<>();
    private final Thread thread = new Thread(this::feed, "late-feed");
    private long time = System.currentTimeMillis() - PAST_MILLIS;
    private volatile boolean closed;

    private LateFeed(RawTopic trades, Random random) {
        this.trades = trades;
        this.random = random;
    }

    /** Begins to send. */
    static LateFeed open(World world) {
        LateFeed feed =
                new LateFeed(
                        new RawTopic(world.kafka().address(), "trades"),
                        new Random(world.random.nextLong()));
        feed.thread.start();
        return feed;
    }

    private void feed() {
        try {
            while (!closed) {
                long now = System.currentTimeMillis();
                for (; time < now; time += STEP_MILLIS) {
                    step();
                }
                for (int i = 0; i < 4 && !withheld.isEmpty(); i++) {
                    release(random.nextInt(withheld.size()));
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void step() {
        for (int number = 0; number < SYMBOLS; number++) {
            String symbol = "LATE" + number + "USDT";
            String price = 100 + random.nextInt(50) + "." + random.nextInt(10);
            String quantity = Integer.toString(1 + random.nextInt(9));
            // Ids grow with the time, over runs of this feed too.
            byte[] trade =
                    TradeJson.write(
                            symbol, time, price, quantity, time, random.nextBoolean(), time);
            if (random.nextInt(10) == 0) {
                withheld.add(new Withheld(symbol, trade));
            } else {
                trades.send(symbol, trade);
            }
        }
    }

    private void release(int index) {
        Withheld one = withheld.set(index, withheld.get(withheld.size() - 1));
        withheld.remove(withheld.size() - 1);
        trades.send(one.symbol(), one.value());
    }

    /** Ends the feed with all that it has withheld. */
    void sendWithheld() throws Exception {
        closed = true;
        thread.join();
        while (!withheld.isEmpty()) {
            release(random.nextInt(withheld.size()));
        }
        trades.flush();
    }

    /** Ends the feed; what is still withheld never comes. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        trades.close();
    }
}
