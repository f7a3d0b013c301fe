package io.kline.tools.chaos;

import io.kline.config.RedisSettings;
import io.kline.store.KlineJson;
import io.kline.store.redis.Call;
import io.kline.store.redis.GuardedRedis;
import io.kline.store.redis.RedisKeys;
import io.kline.store.redis.Reply;
import java.io.Closeable;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import redis.clients.jedis.Protocol.Command;

/**
 * Reads in Redis which trades the latest klines have, of all symbols that ever traded: what was
 * there may be lost. A channel would not do: what is published while nobody listens is missed, and
 * the next trade may be minutes away.
 */
final class LatestTrades implements Closeable {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** A wait is seen that much longer than it was. */
    private static final long PERIOD_MILLIS = 50;

    private final Function<List<Call>, List<Reply>> redis;
    private final Runnable disconnect;
    private final SymbolWaits waits;
    private final PrintStream out;
    private final Set<String> printed = new HashSet<>();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();

    /**
     * @param redis answers each call
     * @param out gets what fails
     */
    LatestTrades(
            Function<List<Call>, List<Reply>> redis,
            Runnable disconnect,
            SymbolWaits waits,
            PrintStream out) {
        this.redis = redis;
        this.disconnect = disconnect;
        this.waits = waits;
        this.out = out;
    }

    /** Begins to read. */
    static LatestTrades of(RedisSettings settings, SymbolWaits waits, PrintStream out) {
        GuardedRedis redis = new GuardedRedis(settings, 1, TIMEOUT);
        LatestTrades latest = new LatestTrades(redis::ask, redis::close, waits, out);
        latest.watch.scheduleWithFixedDelay(latest::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        return latest;
    }

    /** Reads once. An exception would end the schedule: nothing would be seen any more. */
    void look() {
        try {
            List<String> symbols = waits.symbols();
            List<Reply> replies =
                    redis.apply(
                            symbols.stream()
                                    .map(name -> Call.of(Command.GET, RedisKeys.latest(name, "1m")))
                                    .toList());
            for (int i = 0; i < symbols.size(); i++) {
                if (replies.get(i) instanceof Reply.Answer answer) {
                    waits.seen(symbols.get(i), lastTime(answer.value()));
                }
            }
        } catch (RuntimeException e) {
            print(e);
        }
    }

    /** A text that is no kline is as good as none. */
    private long lastTime(Object kline) {
        try {
            return kline == null
                    ? Long.MIN_VALUE
                    : KlineJson.read(Reply.Answer.text(kline)).lastTime();
        } catch (IllegalArgumentException e) {
            print(e);
            return Long.MIN_VALUE;
        }
    }

    /** Once, not at every look. */
    private void print(RuntimeException e) {
        if (printed.add(e.toString())) {
            out.println("reading the latest klines: " + e);
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
        disconnect.run();
    }
}
