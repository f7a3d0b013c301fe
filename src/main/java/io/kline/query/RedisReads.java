package io.kline.query;

import io.kline.config.RedisSettings;
import io.kline.model.Candle;
import io.kline.store.KlineJson;
import io.kline.store.redis.Call;
import io.kline.store.redis.ClusterRedis;
import io.kline.store.redis.RedisKeys;
import io.kline.store.redis.RedisNodes;
import io.kline.store.redis.RedisProviders;
import io.kline.store.redis.Reply;
import io.kline.store.redis.SingleRedis;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/** The questions to Redis. Thread safe. */
final class RedisReads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisReads.class);

    private final RedisNodes nodes;

    private RedisReads(RedisNodes nodes) {
        this.nodes = nodes;
    }

    /** Connects at the first question. */
    static RedisReads open(QuerySettings settings) {
        GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
        pool.setMaxTotal(settings.redisConnections());
        pool.setMaxIdle(settings.redisConnections());
        pool.setMaxWait(settings.timeout());
        pool.setJmxEnabled(false);
        RedisProviders providers = new RedisProviders(settings.redis(), pool, settings.timeout());
        return new RedisReads(
                settings.redis().mode() == RedisSettings.Mode.CLUSTER
                        ? new ClusterRedis(providers::cluster)
                        : new SingleRedis(providers::node));
    }

    /** The known symbols. */
    List<String> symbols() throws StoreAwayException {
        Reply reply = nodes.ask(List.of(call(Command.SMEMBERS, RedisKeys.SYMBOLS))).get(0);
        return texts(value(reply)).stream().map(RedisReads::text).toList();
    }

    /** The candles of a range, and the latest one wherever it is. */
    RedisSeries series(String symbol, String interval, Range range) throws StoreAwayException {
        String from = range.start() == null ? "-inf" : range.start().toString();
        String to = range.end() == null ? "+inf" : range.end().toString();
        boolean isFromStart = range.start() != null;
        List<Reply> replies =
                nodes.ask(
                        List.of(
                                call(Command.GET, RedisKeys.latest(symbol, interval)),
                                call(
                                        isFromStart
                                                ? Command.ZRANGEBYSCORE
                                                : Command.ZREVRANGEBYSCORE,
                                        RedisKeys.history(symbol, interval),
                                        isFromStart ? from : to,
                                        isFromStart ? to : from,
                                        "LIMIT",
                                        "0",
                                        Integer.toString(range.limit()))));
        List<Candle> latest = candles(value(replies.get(0)));
        return new RedisSeries(
                latest.isEmpty() ? null : latest.get(0), candles(value(replies.get(1))));
    }

    /** The latest candle of each symbol that has one. */
    LatestCandles latest(List<String> symbols, String interval) {
        List<Reply> replies =
                nodes.ask(
                        symbols.stream()
                                .map(each -> call(Command.GET, RedisKeys.latest(each, interval)))
                                .toList());
        Map<String, Candle> found = new LinkedHashMap<>();
        String problem = null;
        for (int i = 0; i < replies.size(); i++) {
            try {
                for (Candle candle : candles(value(replies.get(i)))) {
                    found.put(symbols.get(i), candle);
                }
            } catch (StoreAwayException e) {
                problem = e.getMessage();
            }
        }
        return new LatestCandles(found, problem);
    }

    /**
     * @param found by symbol
     * @param problem why a server could not be asked; null if all could
     */
    record LatestCandles(Map<String, Candle> found, String problem) {}

    /**
     * Asks every server whether it answers.
     *
     * @throws StoreAwayException if one does not
     */
    void check() throws StoreAwayException {
        for (Reply reply : nodes.ping()) {
            value(reply);
        }
    }

    @Override
    public void close() {
        nodes.close();
    }

    private static Call call(Command command, String key, String... more) {
        return new Call(
                key,
                command,
                () -> {
                    byte[][] args = new byte[1 + more.length][];
                    args[0] = key.getBytes(StandardCharsets.UTF_8);
                    for (int i = 0; i < more.length; i++) {
                        args[1 + i] = more[i].getBytes(StandardCharsets.UTF_8);
                    }
                    return args;
                });
    }

    private static Object value(Reply reply) throws StoreAwayException {
        if (reply instanceof Reply.Answer answer) {
            return answer.value();
        }
        throw new StoreAwayException(
                reply instanceof Reply.Silence silence
                        ? silence.cause().getMessage()
                        : ((Reply.Refusal) reply).error());
    }

    private static List<?> texts(Object value) {
        return value instanceof List<?> texts ? texts : value == null ? List.of() : List.of(value);
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }

    /** What cannot be read is overwritten by the next write, so it is as good as absent. */
    private static List<Candle> candles(Object value) {
        List<?> texts = texts(value);
        List<Candle> candles = new ArrayList<>(texts.size());
        for (Object text : texts) {
            try {
                candles.add(KlineJson.read(text(text)));
            } catch (IllegalArgumentException e) {
                LOG.error("Passed over in Redis: {}", e.getMessage());
            }
        }
        return candles;
    }
}
