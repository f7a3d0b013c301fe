package io.kline.sink.redis;

import io.kline.config.RedisSettings;
import io.kline.continuity.StoredCandles;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.store.KlineJson;
import io.kline.store.RedisKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Protocol.Command;

/** The candles that an earlier run of the live job has left in Redis. */
public final class RedisStoredCandles implements StoredCandles {

    private static final Logger LOG = LoggerFactory.getLogger(RedisStoredCandles.class);

    private static final int FIRST_LOOK = 32;
    private static final int LOOK_FURTHER = 8;

    private final RedisConnection connection;
    private final int historySize;

    /** Connects at the first question. */
    public RedisStoredCandles(RedisSettings settings) {
        historySize = settings.historySize();
        KlineScript script = new KlineScript(settings.historySize());
        connection = RedisConnections.to(settings, new Pipeline(script.text()));
    }

    @Override
    public List<Candle> latest(String symbol, List<Interval> intervals)
            throws InterruptedException {
        List<Call> calls = new ArrayList<>(intervals.size());
        for (Interval interval : intervals) {
            String key = RedisKeys.latest(symbol, interval.code());
            calls.add(new Call(key, Command.GET, () -> args(key)));
        }
        return answers(symbol, calls).stream().flatMap(List::stream).toList();
    }

    @Override
    public List<Candle> newest(String symbol, List<Interval> intervals, long since)
            throws InterruptedException {
        int count = FIRST_LOOK;
        while (true) {
            List<Candle> candles = new ArrayList<>();
            boolean isMore = false;
            for (List<Candle> history : histories(symbol, intervals, count)) {
                if (history.size() >= count) {
                    Candle oldest = history.get(0);
                    isMore |= !oldest.closed() || oldest.closeTime() >= since;
                }
                candles.addAll(history);
            }
            if (!isMore || count >= historySize) {
                candles.addAll(latest(symbol, intervals));
                return candles;
            }
            count *= LOOK_FURTHER;
        }
    }

    private List<List<Candle>> histories(String symbol, List<Interval> intervals, int count)
            throws InterruptedException {
        List<Call> calls = new ArrayList<>(intervals.size());
        for (Interval interval : intervals) {
            String key = RedisKeys.history(symbol, interval.code());
            calls.add(
                    new Call(key, Command.ZRANGE, () -> args(key, Integer.toString(-count), "-1")));
        }
        return answers(symbol, calls);
    }

    @Override
    public void close() {
        connection.close();
    }

    /** The candles in each answer. */
    private List<List<Candle>> answers(String symbol, List<Call> calls)
            throws InterruptedException {
        Backoff backoff = new Backoff();
        boolean told = false;
        while (true) {
            List<Reply> replies = connection.ask(calls);
            if (replies.stream().allMatch(Reply.Answer.class::isInstance)) {
                return replies.stream().map(reply -> read((Reply.Answer) reply)).toList();
            }
            if (!told) {
                told = true;
                LOG.warn(
                        "Started without state: waiting for Redis to tell what it holds of {}: {}",
                        symbol,
                        replies);
            }
            TimeUnit.MILLISECONDS.sleep(backoff.nextMillis());
        }
    }

    private static List<Candle> read(Reply.Answer answer) {
        List<Candle> candles = new ArrayList<>();
        if (answer.value() instanceof List<?> texts) {
            texts.forEach(text -> read((byte[]) text, candles));
        } else if (answer.value() != null) {
            read((byte[]) answer.value(), candles);
        }
        return candles;
    }

    /** What cannot be read is overwritten by the script, so it is as good as absent. */
    private static void read(byte[] text, List<Candle> candles) {
        try {
            candles.add(KlineJson.read(new String(text, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            LOG.error("Passed over in Redis: {}", e.getMessage());
        }
    }

    private static byte[][] args(String... texts) {
        byte[][] args = new byte[texts.length][];
        for (int i = 0; i < texts.length; i++) {
            args[i] = texts[i].getBytes(StandardCharsets.UTF_8);
        }
        return args;
    }
}
