package io.kline.query;

import io.kline.model.Candle;
import io.kline.store.KlineJson;
import io.kline.store.redis.Call;
import io.kline.store.redis.GuardedRedis;
import io.kline.store.redis.RedisKeys;
import io.kline.store.redis.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Protocol.Command;

/** The questions to Redis. Thread safe. */
final class RedisReads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisReads.class);

    private final GuardedRedis redis;

    private RedisReads(GuardedRedis redis) {
        this.redis = redis;
    }

    /** Connects at the first question. */
    static RedisReads open(QuerySettings settings) {
        return new RedisReads(
                new GuardedRedis(
                        settings.redis(), settings.redisConnections(), settings.timeout()));
    }

    /** The known symbols. */
    List<String> symbols() throws StoreAwayException {
        Reply reply = redis.ask(List.of(Call.of(Command.SMEMBERS, RedisKeys.SYMBOLS))).get(0);
        return texts(value(reply)).stream().map(Reply.Answer::text).toList();
    }

    /** The candles of a range, and the latest one wherever it is. */
    RedisSeries series(String symbol, String interval, Range range) throws StoreAwayException {
        String from = range.start() == null ? "-inf" : range.start().toString();
        String to = range.end() == null ? "+inf" : range.end().toString();
        boolean isFromStart = range.start() != null;
        List<Reply> replies =
                redis.ask(
                        List.of(
                                Call.of(Command.GET, RedisKeys.latest(symbol, interval)),
                                Call.of(
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
                redis.ask(
                        symbols.stream()
                                .map(each -> Call.of(Command.GET, RedisKeys.latest(each, interval)))
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
        for (Reply reply : redis.ping()) {
            value(reply);
        }
    }

    @Override
    public void close() {
        redis.close();
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

    /** What cannot be read is overwritten by the next write, so it is as good as absent. */
    private static List<Candle> candles(Object value) {
        List<?> texts = texts(value);
        List<Candle> candles = new ArrayList<>(texts.size());
        for (Object text : texts) {
            try {
                candles.add(KlineJson.read(Reply.Answer.text(text)));
            } catch (IllegalArgumentException e) {
                LOG.error("Passed over in Redis: {}", e.getMessage());
            }
        }
        return candles;
    }
}
