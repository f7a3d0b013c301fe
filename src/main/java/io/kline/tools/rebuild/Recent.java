package io.kline.tools.rebuild;

import io.kline.config.RedisSettings;
import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.store.Backoff;
import io.kline.store.KlineJson;
import io.kline.store.redis.Call;
import io.kline.store.redis.ChangedCandles;
import io.kline.store.redis.KlineScript;
import io.kline.store.redis.RedisKeys;
import io.kline.store.redis.Reply;
import io.kline.store.redis.WatchedRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** The klines in Redis: the latest and the history of each series. Used by one thread. */
final class Recent implements AutoCloseable {

    private static final int ATTEMPTS = 8;

    /** Candles of one call of the script: as many as the jobs send. */
    private static final int BATCH = 256;

    private final WatchedRedis redis;
    private final KlineScript corrections;
    private final KlineScript broughtBack;
    private final KlineScript latest;
    private final int historySize;

    Recent(RedisSettings settings) {
        historySize = settings.historySize();
        corrections = new KlineScript(settings, true);
        broughtBack = KlineScript.bringingBack(settings);
        latest = new KlineScript(settings, false);
        redis = new WatchedRedis(settings, corrections);
    }

    /**
     * What is kept of a series.
     *
     * @param latest or null
     * @param candles the history and the latest, by open time, ms
     * @param lowest open time of the oldest one of a full history, ms; MIN_VALUE if it has room
     */
    record Kept(Candle latest, NavigableMap<Long, Candle> candles, long lowest) {}

    /**
     * The candles of a series that open in a range, and the latest wherever it is.
     *
     * @throws JedisException if Redis cannot be asked
     */
    Kept of(String symbol, String interval, long from, long to) throws InterruptedException {
        String history = RedisKeys.history(symbol, interval);
        List<Object> values =
                ask(
                        List.of(
                                Call.of(Command.GET, RedisKeys.latest(symbol, interval)),
                                Call.of(
                                        Command.ZRANGEBYSCORE,
                                        history,
                                        Long.toString(from),
                                        "(" + to),
                                Call.of(Command.ZCARD, history),
                                Call.of(Command.ZRANGE, history, "0", "0", "WITHSCORES")));
        NavigableMap<Long, Candle> candles = new TreeMap<>();
        for (Object member : (List<?>) values.get(1)) {
            put(read(member), candles);
        }
        Candle newest = values.get(0) == null ? null : read(values.get(0));
        if (newest != null && newest.openTime() >= from && newest.openTime() < to) {
            put(newest, candles);
        }
        boolean isFull = (Long) values.get(2) >= historySize;
        long lowest =
                isFull
                        ? (long)
                                Double.parseDouble(
                                        Reply.Answer.text(((List<?>) values.get(3)).get(1)))
                        : Long.MIN_VALUE;
        return new Kept(newest, candles, lowest);
    }

    /** The latest kline of each interval that has one. */
    List<Candle> latest(String symbol, List<String> intervals) throws InterruptedException {
        List<Candle> found = new ArrayList<>();
        for (Object value :
                ask(
                        intervals.stream()
                                .map(each -> RedisKeys.latest(symbol, each))
                                .map(key -> Call.of(Command.GET, key))
                                .toList())) {
            Candle candle = value == null ? null : read(value);
            if (candle != null) {
                found.add(candle);
            }
        }
        return found;
    }

    /**
     * Writes candles of one series, except where a higher version is kept. None becomes the latest
     * where there is none.
     *
     * @param candles oldest first
     */
    void write(List<Candle> candles) throws InterruptedException {
        write(corrections, candles);
    }

    /**
     * Writes what a history has lost: nobody is told, since nothing has changed. None is written
     * where there is no latest.
     *
     * @param candles oldest first
     * @return how many were lacking
     */
    int bringBack(List<Candle> candles) throws InterruptedException {
        return write(broughtBack, candles);
    }

    private int write(KlineScript script, List<Candle> candles) throws InterruptedException {
        int changed = 0;
        for (int from = 0; from < candles.size(); from += BATCH) {
            List<Candle> some = candles.subList(from, Math.min(from + BATCH, candles.size()));
            ChangedCandles batch = new ChangedCandles(some.get(0).symbol(), some);
            Object reply = ask(List.of(script.call(batch))).get(0);
            for (KlineScript.Result each : KlineScript.results(new Reply.Answer(reply))) {
                changed += each.accepted() && !each.same() ? 1 : 0;
            }
        }
        return changed;
    }

    /** Makes a candle the latest of its series, unless there is a later one. */
    void writeLatest(Candle candle) throws InterruptedException {
        ask(
                List.of(
                        latest.call(new ChangedCandles(candle.symbol(), List.of(candle))),
                        Call.of(Command.SADD, RedisKeys.SYMBOLS, candle.symbol())));
    }

    /** Removes a candle from a history. */
    void remove(CandleKey key) throws InterruptedException {
        String open = Long.toString(key.openTime());
        ask(
                List.of(
                        Call.of(
                                Command.ZREMRANGEBYSCORE,
                                RedisKeys.history(key.symbol(), key.interval()),
                                open,
                                open)));
    }

    @Override
    public void close() {
        redis.close();
    }

    private static void put(Candle candle, NavigableMap<Long, Candle> candles) {
        if (candle != null) {
            candles.merge(candle.openTime(), candle, Candle::newer);
        }
    }

    /** The values of the calls' replies; every call may be repeated. */
    private List<Object> ask(List<Call> calls) throws InterruptedException {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));
        Object[] values = new Object[calls.size()];
        List<Integer> due = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            due.add(i);
        }
        for (int attempt = 1; ; attempt++) {
            List<Reply> replies = redis.ask(due.stream().map(calls::get).toList());
            List<Integer> left = new ArrayList<>();
            JedisException trouble = null;
            for (int i = 0; i < replies.size(); i++) {
                if (replies.get(i) instanceof Reply.Answer answer) {
                    values[due.get(i)] = answer.value();
                } else {
                    left.add(due.get(i));
                    trouble = trouble(replies.get(i));
                }
            }
            if (left.isEmpty()) {
                return Arrays.asList(values);
            }
            if (attempt == ATTEMPTS) {
                throw trouble;
            }
            due = left;
            Thread.sleep(backoff.nextMillis());
        }
    }

    private static JedisException trouble(Reply reply) {
        if (reply instanceof Reply.Silence silence
                && silence.cause() instanceof JedisException cause) {
            return cause;
        }
        String text = reply instanceof Reply.Refusal refusal ? refusal.error() : "does not answer";
        return new JedisConnectionException(text);
    }

    /** A kline, or null if the text is none: the next write replaces it. */
    private static Candle read(Object bytes) {
        try {
            return KlineJson.read(Reply.Answer.text(bytes));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
