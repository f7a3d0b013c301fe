package io.kline.tools.bench;

import io.kline.config.RedisSettings;
import io.kline.model.Candle;
import io.kline.store.redis.Call;
import io.kline.store.redis.ChangedCandles;
import io.kline.store.redis.KlineScript;
import io.kline.tools.stack.EmbeddedRedis;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

/**
 * Calls of the script over one connection, encoded beforehand and sent in batches as the sink's.
 */
final class ScriptClient implements AutoCloseable {

    /** As many candles as the sink sends at once. */
    private static final int BATCH_CANDLES = 2_048;

    private static final int TIMEOUT_MILLIS = 60_000;

    /**
     * A call and what it should return for each of its candles.
     *
     * @param args what follows the name of the command
     */
    record Encoded(Call call, byte[][] args, int candles) {}

    private final KlineScript script;
    private final byte[] sha;
    private final Jedis jedis;

    private ScriptClient(KlineScript script, byte[] sha, Jedis jedis) {
        this.script = script;
        this.sha = sha;
        this.jedis = jedis;
    }

    /**
     * Connects, and empties the server.
     *
     * @param text of another version of the script, with the same arguments; null for the own one
     */
    static ScriptClient of(EmbeddedRedis redis, String text) {
        Jedis jedis =
                new Jedis(
                        "127.0.0.1",
                        redis.port(),
                        DefaultJedisClientConfig.builder().timeoutMillis(TIMEOUT_MILLIS).build());
        jedis.flushAll();
        // A rewrite would begin at any time, and copy the pages that are written to meanwhile.
        jedis.configSet("auto-aof-rewrite-percentage", "0");
        KlineScript script =
                new KlineScript(RedisSettings.single(redis.address(), ScriptRun.FULL), false);
        String loaded = jedis.scriptLoad(text == null ? script.text() : text);
        return new ScriptClient(script, loaded.getBytes(), jedis);
    }

    /** The call that writes candles of one symbol. */
    Encoded encode(List<Candle> candles) {
        Call call = script.call(new ChangedCandles(candles.get(0).symbol(), candles));
        byte[][] args = call.args().get();
        args[0] = sha;
        return new Encoded(call, args, candles.size());
    }

    /**
     * Sends the calls, a batch after the other.
     *
     * @param expected what the script has to return for every candle
     * @return µs that Redis has worked on it
     */
    double send(List<Encoded> calls, long expected) {
        long before = StoreCounters.micros(jedis);
        int from = 0;
        while (from < calls.size()) {
            int candles = 0;
            List<Response<Object>> replies = new ArrayList<>();
            try (Pipeline pipeline = jedis.pipelined()) {
                while (from < calls.size() && candles < BATCH_CANDLES) {
                    Encoded call = calls.get(from++);
                    replies.add(pipeline.sendCommand(call.call().command(), call.args()));
                    candles += call.candles();
                }
                pipeline.sync();
            }
            replies.forEach(reply -> expect(reply.get(), expected));
        }
        return StoreCounters.micros(jedis) - before;
    }

    private static void expect(Object reply, long expected) {
        List<?> bits = (List<?>) reply;
        if (bits.stream().anyMatch(each -> !each.equals(expected))) {
            throw new WrongResultException("the script returned " + bits);
        }
    }

    /** A pipeline for what is not measured. */
    Pipeline pipeline() {
        return jedis.pipelined();
    }

    /** What a key takes, bytes. */
    long memoryOf(String key) {
        return jedis.memoryUsage(key, 0);
    }

    @Override
    public void close() {
        jedis.close();
    }
}
