package io.kline.tools.bench.peers;

import io.kline.config.RedisSettings;
import io.kline.model.Candle;
import io.kline.store.redis.Call;
import io.kline.store.redis.ChangedCandles;
import io.kline.store.redis.KlineScript;
import io.kline.store.redis.Reply;
import io.kline.store.redis.WatchedRedis;
import java.util.ArrayList;
import java.util.List;

/** Writes candles to Redis by our script. Used by one thread. */
final class RedisCandles implements AutoCloseable {

    /** Calls of a round trip at most. */
    private static final int CALLS = 256;

    private final KlineScript script;
    private final WatchedRedis redis;
    private final List<Call> calls = new ArrayList<>();

    RedisCandles(RedisSettings settings) {
        script = new KlineScript(settings, false);
        redis = new WatchedRedis(settings, script);
    }

    /**
     * Adds a call to the next round trip.
     *
     * @param candles of a symbol
     */
    void add(String symbol, List<Candle> candles) {
        calls.add(script.call(new ChangedCandles(symbol, candles)));
        if (calls.size() == CALLS) {
            flush();
        }
    }

    /** Sends what was added, and waits until it is written. */
    void flush() {
        if (!calls.isEmpty()) {
            ask(calls);
            calls.clear();
        }
    }

    /**
     * Sends calls, and waits for their answers.
     *
     * @throws IllegalStateException if one is not executed: then the run does not count
     */
    List<Reply> ask(List<Call> some) {
        List<Reply> replies = redis.ask(some);
        for (Reply reply : replies) {
            if (!(reply instanceof Reply.Answer)) {
                throw new IllegalStateException("Redis: " + reply);
            }
        }
        return replies;
    }

    @Override
    public void close() {
        redis.close();
    }
}
