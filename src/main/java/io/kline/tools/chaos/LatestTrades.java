package io.kline.tools.chaos;

import io.kline.config.RedisSettings;
import io.kline.store.KlineJson;
import io.kline.store.redis.Call;
import io.kline.store.redis.GuardedRedis;
import io.kline.store.redis.RedisKeys;
import io.kline.store.redis.Reply;
import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Protocol.Command;

/**
 * Reads in Redis which trades the latest klines have, of the symbols that wait. A channel would not
 * do: what is published while nobody listens is missed, and the next trade may be minutes away.
 */
final class LatestTrades implements Closeable {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** A wait is seen that much longer than it was. */
    private static final long PERIOD_MILLIS = 50;

    private final SymbolWaits waits;
    private final GuardedRedis redis;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();

    /** Begins to read. */
    LatestTrades(RedisSettings settings, SymbolWaits waits) {
        this.waits = waits;
        this.redis = new GuardedRedis(settings, 1, TIMEOUT);
        watch.scheduleWithFixedDelay(this::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        List<String> symbols = waits.waiting();
        List<Reply> replies =
                redis.ask(
                        symbols.stream()
                                .map(name -> Call.of(Command.GET, RedisKeys.latest(name, "1m")))
                                .toList());
        for (int i = 0; i < symbols.size(); i++) {
            if (replies.get(i) instanceof Reply.Answer answer && answer.value() != null) {
                String kline = Reply.Answer.text(answer.value());
                waits.seen(symbols.get(i), KlineJson.read(kline).lastTime());
            }
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
        redis.close();
    }
}
