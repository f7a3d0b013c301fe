package io.kline.tools.demo;

import io.kline.model.Trade;
import io.kline.store.TradeJson;
import io.kline.tools.replay.FeedException;
import io.kline.tools.replay.TradeTopic;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Sends a made-up market to the topic in real time, until it is closed. When it was held up, by
 * Kafka, say, it catches up: the trades that have happened meanwhile are sent at once.
 */
public final class GeneratorFeed implements Runnable, AutoCloseable {

    private final Generator generator;
    private final TradeTopic topic;
    private final LongSupplier clock;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Consumer<Trade> onSent = trade -> {};
    private final Lock running = new ReentrantLock();

    /**
     * @param topic closed with this
     * @param clock the wall clock, ms
     */
    GeneratorFeed(Generator generator, TradeTopic topic, LongSupplier clock) {
        this.generator = generator;
        this.topic = topic;
        this.clock = clock;
    }

    /**
     * A market that has been open for a while; what it traded until now is sent at once.
     *
     * @param bootstrap Kafka's servers as host:port, separated by commas
     * @param symbols from 1 to {@link Generator#MAX_SYMBOLS}
     * @param past for how long it has been open
     * @param patience how long Kafka, or a partition, may be away before a send fails
     * @throws FeedException if the topic cannot be reached for that long
     */
    public static GeneratorFeed open(
            String bootstrap,
            String topic,
            int symbols,
            Duration past,
            Duration patience,
            long seed) {
        TradeTopic trades = TradeTopic.open(bootstrap, topic, patience);
        long now = System.currentTimeMillis();
        Generator generator = new Generator(seed, symbols, now - past.toMillis(), now);
        return new GeneratorFeed(generator, trades, System::currentTimeMillis);
    }

    /** Hands on each trade that was given to the producer. To be called before {@link #run}. */
    public void onSent(Consumer<Trade> listener) {
        onSent = listener;
    }

    /**
     * Sends until {@link #close}; then everything sent is acknowledged. An interrupt ends it too,
     * without waiting for acknowledgements.
     *
     * @throws FeedException if a send fails, when its patience with Kafka is over
     */
    @Override
    public void run() {
        running.lock();
        try {
            Delivery next = generator.next();
            while (!stopped.await(next.time() - clock.getAsLong(), TimeUnit.MILLISECONDS)) {
                Trade trade = next.trade();
                topic.send(trade.symbol(), TradeJson.write(trade, next.time()));
                onSent.accept(trade);
                next = generator.next();
            }
            topic.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running.unlock();
        }
    }

    /** Ends {@link #run}, waits for that and disconnects. */
    @Override
    public void close() {
        stopped.countDown();
        running.lock();
        try {
            topic.close();
        } finally {
            running.unlock();
        }
    }
}
