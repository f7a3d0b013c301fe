package io.kline.live;

import io.kline.candle.TakeOver;
import io.kline.config.RedisSettings;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.Symbol;
import io.kline.store.Backoff;
import io.kline.store.KlineJson;
import io.kline.store.redis.Call;
import io.kline.store.redis.GuardedRedis;
import io.kline.store.redis.RedisKeys;
import io.kline.store.redis.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Protocol.Command;

/**
 * The candles that an earlier run of the live job has left in Redis. The first answer to a question
 * is kept there for a day, beside the candles, and given again to later attempts of the same start:
 * whoever writes it first decides.
 */
public final class RedisStoredCandles implements StoredCandles {

    private static final Logger LOG = LoggerFactory.getLogger(RedisStoredCandles.class);

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration FIRST_DELAY = Duration.ofMillis(100);
    private static final Duration LAST_DELAY = Duration.ofSeconds(2);

    /** How often is said that it waits. */
    private static final Duration REPORT = Duration.ofSeconds(30);

    private static final int FIRST_LOOK = 32;
    private static final int LOOK_FURTHER = 8;

    /** Attempts without a checkpoint in between do not go on for longer, s. */
    private static final String KEPT = Long.toString(Duration.ofDays(1).toSeconds());

    private final String start;
    private final long uncommitted;
    private final GuardedRedis redis;
    private final int historySize;

    /**
     * Connects at the first question.
     *
     * @param start names the start without state
     * @param uncommitted how far before the end of what is stored changes may be missing on the
     *     topic: what is older has reached it
     */
    public RedisStoredCandles(RedisSettings settings, String start, Duration uncommitted) {
        this.start = start;
        this.uncommitted = uncommitted.toMillis();
        historySize = settings.historySize();
        redis = new GuardedRedis(settings, 1, TIMEOUT);
    }

    @Override
    public Set<String> symbols() throws InterruptedException {
        String key = RedisKeys.knownAt(start);
        Optional<String> symbols = kept(key);
        if (symbols.isEmpty()) {
            symbols = keep(key, ask(Call.of(Command.SMEMBERS, RedisKeys.SYMBOLS)));
        }
        return symbols.stream()
                .flatMap(String::lines)
                .filter(Symbol::isValid)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public TakeOver newest(String symbol, List<Interval> intervals, long since)
            throws InterruptedException {
        String key = RedisKeys.foundAt(start, symbol);
        Optional<String> klines = kept(key);
        if (klines.isEmpty()) {
            klines =
                    keep(
                            key,
                            find(symbol, intervals, since).stream().map(KlineJson::write).toList());
        }
        return new TakeOver(symbol, read(klines.stream().flatMap(String::lines).toList()));
    }

    @Override
    public void forget(Set<String> symbols) {
        List<Call> calls = new ArrayList<>(symbols.size() + 1);
        calls.add(Call.of(Command.DEL, RedisKeys.knownAt(start)));
        symbols.forEach(
                symbol -> calls.add(Call.of(Command.DEL, RedisKeys.foundAt(start, symbol))));
        // What is not forgotten now expires.
        redis.ask(calls);
    }

    @Override
    public void close() {
        redis.close();
    }

    private List<Candle> find(String symbol, List<Interval> intervals, long since)
            throws InterruptedException {
        List<Call> gets = new ArrayList<>(intervals.size());
        for (Interval interval : intervals) {
            gets.add(Call.of(Command.GET, RedisKeys.latest(symbol, interval.code())));
        }
        List<Candle> latest = read(ask(gets).stream().flatMap(List::stream).toList());
        if (latest.isEmpty()) {
            // Redis was emptied: in the histories is only what was corrected since, at any time.
            return latest;
        }
        long end = latest.stream().mapToLong(Candle::openTime).max().orElseThrow();
        List<Candle> found = histories(symbol, intervals, Math.min(since, end - uncommitted));
        found.addAll(latest);
        return found;
    }

    /** The candles before the latest ones that end after a time or are not closed. */
    private List<Candle> histories(String symbol, List<Interval> intervals, long since)
            throws InterruptedException {
        for (int count = FIRST_LOOK; ; count *= LOOK_FURTHER) {
            List<Candle> found = new ArrayList<>();
            boolean isMore = false;
            for (List<Candle> history : histories(symbol, intervals, count)) {
                isMore |= history.size() >= count && isWanted(history.get(0), since);
                history.stream().filter(candle -> isWanted(candle, since)).forEach(found::add);
            }
            if (!isMore || count >= historySize) {
                return found;
            }
        }
    }

    private static boolean isWanted(Candle candle, long since) {
        return !candle.closed() || candle.closeTime() >= since;
    }

    private List<List<Candle>> histories(String symbol, List<Interval> intervals, int count)
            throws InterruptedException {
        List<Call> calls = new ArrayList<>(intervals.size());
        for (Interval interval : intervals) {
            String key = RedisKeys.history(symbol, interval.code());
            calls.add(Call.of(Command.ZRANGE, key, Integer.toString(-count), "-1"));
        }
        return ask(calls).stream().map(RedisStoredCandles::read).toList();
    }

    private Optional<String> kept(String key) throws InterruptedException {
        return ask(Call.of(Command.GET, key)).stream().findFirst();
    }

    /**
     * Keeps an answer unless somebody was faster.
     *
     * @return what is kept; the answer itself where Redis has no memory for it
     */
    private Optional<String> keep(String key, List<String> lines) throws InterruptedException {
        String answer = String.join("\n", lines);
        ask(Call.of(Command.SET, key, answer, "NX", "EX", KEPT));
        return kept(key).or(() -> Optional.of(answer));
    }

    private List<String> ask(Call call) throws InterruptedException {
        return ask(List.of(call)).get(0);
    }

    /** The texts in each answer. */
    private List<List<String>> ask(List<Call> calls) throws InterruptedException {
        Backoff backoff = new Backoff(FIRST_DELAY, LAST_DELAY);
        long nextReport = System.nanoTime();
        boolean isReported = false;
        while (true) {
            List<Reply> replies = redis.ask(calls);
            if (replies.stream().allMatch(RedisStoredCandles::isFinal)) {
                return replies.stream().map(RedisStoredCandles::texts).toList();
            }
            if (System.nanoTime() - nextReport >= 0) {
                report(replies, isReported);
                isReported = true;
                nextReport = System.nanoTime() + REPORT.toNanos();
            }
            TimeUnit.MILLISECONDS.sleep(backoff.nextMillis());
        }
    }

    /** Nothing is formed meanwhile. */
    private static void report(List<Reply> replies, boolean again) {
        if (again && replies.stream().anyMatch(RedisStoredCandles::lasts)) {
            LOG.error(
                    "Started without state, and Redis refuses what it is asked for: somebody has to"
                            + " act: {}",
                    replies);
        } else {
            LOG.warn("Started without state, waiting for what Redis holds: {}", replies);
        }
    }

    private static boolean lasts(Reply reply) {
        return reply instanceof Reply.Refusal refusal && !refusal.isPassing();
    }

    /**
     * A key of another type holds no candles, and never will by itself. A server without memory is
     * not waited for either: what fills it may be the answers that are kept.
     */
    private static boolean isFinal(Reply reply) {
        return reply instanceof Reply.Answer
                || reply instanceof Reply.Refusal refusal
                        && (refusal.error().startsWith("WRONGTYPE")
                                || refusal.error().startsWith("OOM"));
    }

    private static List<String> texts(Reply reply) {
        if (!(reply instanceof Reply.Answer answer)) {
            return List.of();
        }
        List<?> values = answer.value() instanceof List<?> list ? list : singleton(answer.value());
        return values.stream().map(RedisStoredCandles::text).toList();
    }

    private static List<?> singleton(Object value) {
        return value == null ? List.of() : List.of(value);
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes
                ? new String(bytes, StandardCharsets.UTF_8)
                : String.valueOf(value);
    }

    /** What cannot be read is overwritten by the script, so it is as good as absent. */
    private static List<Candle> read(List<String> texts) {
        List<Candle> candles = new ArrayList<>(texts.size());
        for (String text : texts) {
            try {
                candles.add(KlineJson.read(text));
            } catch (IllegalArgumentException e) {
                LOG.error("Passed over in Redis: {}", e.getMessage());
            }
        }
        return candles;
    }
}
