package io.kline.store.heal;

import io.kline.config.RedisSettings;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.store.KlineJson;
import io.kline.store.redis.Call;
import io.kline.store.redis.ChangedCandles;
import io.kline.store.redis.KlineScript;
import io.kline.store.redis.RedisConnection;
import io.kline.store.redis.RedisKeys;
import io.kline.store.redis.Reply;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import redis.clients.jedis.Protocol.Command;

/** The histories in Redis: what they hold, and the writes that fill them. */
final class RedisHistories implements AutoCloseable {

    /** GET, ZCARD, ZRANGE. */
    private static final int QUESTIONS = 3;

    private static final int MEMBERS_AT_ONCE = 1_000;

    private final RedisConnection redis;
    private final KlineScript latest;
    private final KlineScript bringingBack;

    /**
     * @param redis knows the text of {@code kline.lua}
     */
    RedisHistories(RedisConnection redis, RedisSettings settings) {
        this.redis = redis;
        this.latest = new KlineScript(settings, false);
        this.bringingBack = KlineScript.bringingBack(settings);
    }

    /** What has a key: equal for all that are at one server. */
    Object server(String key) {
        return redis.server(key);
    }

    /** Grows where a server may have lost what was in it. */
    long epoch() {
        return redis.epoch();
    }

    /** The known symbols. */
    Set<String> symbols() throws IOException {
        List<?> symbols = list(ask(Call.of(Command.SMEMBERS, RedisKeys.SYMBOLS)));
        return symbols.stream().map(Reply.Answer::text).collect(Collectors.toSet());
    }

    /** Adds to the known symbols. */
    void announce(Collection<String> symbols) throws IOException {
        ask(Call.of(Command.SADD, RedisKeys.SYMBOLS, symbols.toArray(String[]::new)));
    }

    /**
     * What there is of each symbol, in the order of the intervals. A symbol whose server gives no
     * answer, or that has a key of another type, is left out.
     *
     * @throws IOException if no server answers
     */
    Map<String, List<HeldHistory>> held(List<String> symbols, List<Interval> intervals)
            throws IOException {
        List<Call> calls = new ArrayList<>(symbols.size() * intervals.size() * QUESTIONS);
        for (String symbol : symbols) {
            for (Interval interval : intervals) {
                String history = RedisKeys.history(symbol, interval.code());
                calls.add(Call.of(Command.GET, RedisKeys.latest(symbol, interval.code())));
                calls.add(Call.of(Command.ZCARD, history));
                calls.add(Call.of(Command.ZRANGE, history, "0", "0", "WITHSCORES"));
            }
        }
        List<Reply> replies = ask(calls);
        if (replies.stream().noneMatch(Reply.Answer.class::isInstance)) {
            throw unanswered(replies.get(0));
        }
        Map<String, List<HeldHistory>> held = new LinkedHashMap<>();
        int perSymbol = intervals.size() * QUESTIONS;
        for (int i = 0; i < symbols.size(); i++) {
            List<Reply> own = replies.subList(i * perSymbol, (i + 1) * perSymbol);
            if (own.stream().allMatch(Reply.Answer.class::isInstance)) {
                held.put(symbols.get(i), series(own, intervals));
            }
        }
        return held;
    }

    /** The open times of a history. */
    List<Long> opens(String symbol, Interval interval) throws IOException {
        String key = RedisKeys.history(symbol, interval.code());
        List<Long> opens = new ArrayList<>();
        for (int from = 0; from == opens.size(); from += MEMBERS_AT_ONCE) {
            String to = Integer.toString(from + MEMBERS_AT_ONCE - 1);
            Call call = Call.of(Command.ZRANGE, key, Integer.toString(from), to, "WITHSCORES");
            opens.addAll(scores(list(ask(call))));
        }
        return opens;
    }

    /**
     * Writes candles below the latest kline.
     *
     * @param candles of one interval, oldest first
     * @return how many were lacking or older; fewer where Redis has these or newer ones, or has no
     *     latest
     */
    int bringBack(String symbol, List<Candle> candles) throws IOException {
        return write(bringingBack, symbol, candles);
    }

    /** Writes candles that become the latest klines where there are none. */
    void restoreLatest(String symbol, List<Candle> candles) throws IOException {
        write(latest, symbol, candles);
    }

    @Override
    public void close() {
        redis.close();
    }

    private int write(KlineScript script, String symbol, List<Candle> candles) throws IOException {
        Reply.Answer answer = ask(script.call(new ChangedCandles(symbol, candles)));
        return (int)
                KlineScript.results(answer).stream()
                        .filter(each -> each.accepted() && !each.same())
                        .count();
    }

    private static List<HeldHistory> series(List<Reply> replies, List<Interval> intervals) {
        List<HeldHistory> held = new ArrayList<>(intervals.size());
        for (int i = 0; i < intervals.size(); i++) {
            int at = i * QUESTIONS;
            List<Long> lowest = scores(list((Reply.Answer) replies.get(at + 2)));
            held.add(
                    new HeldHistory(
                            intervals.get(i),
                            open(((Reply.Answer) replies.get(at)).value()),
                            (Long) ((Reply.Answer) replies.get(at + 1)).value(),
                            lowest.isEmpty() ? 0 : lowest.get(0)));
        }
        return held;
    }

    /** What cannot be read is overwritten by the next write, so it is as good as absent. */
    private static Long open(Object kline) {
        try {
            return kline == null
                    ? null
                    : (Long) KlineJson.read(Reply.Answer.text(kline)).openTime();
        } catch (IllegalArgumentException unreadable) {
            return null;
        }
    }

    /** Members and scores take turns. */
    private static List<Long> scores(List<?> members) {
        List<Long> scores = new ArrayList<>(members.size() / 2);
        for (int i = 1; i < members.size(); i += 2) {
            scores.add(new BigDecimal(Reply.Answer.text(members.get(i))).longValue());
        }
        return scores;
    }

    private Reply.Answer ask(Call call) throws IOException {
        Reply reply = ask(List.of(call)).get(0);
        if (reply instanceof Reply.Answer answer) {
            return answer;
        }
        throw unanswered(reply);
    }

    /**
     * A connection that was idle for long may be broken, and over a new one nothing is sent at
     * first. Every call may be repeated.
     */
    private List<Reply> ask(List<Call> calls) {
        List<Reply> replies = new ArrayList<>(redis.ask(calls));
        for (int repeated = 0; repeated < 2; repeated++) {
            List<Integer> unanswered =
                    IntStream.range(0, calls.size())
                            .filter(i -> isUnanswered(replies.get(i)))
                            .boxed()
                            .toList();
            if (unanswered.isEmpty()) {
                break;
            }
            List<Reply> again = redis.ask(unanswered.stream().map(calls::get).toList());
            for (int i = 0; i < again.size(); i++) {
                replies.set(unanswered.get(i), again.get(i));
            }
        }
        return replies;
    }

    private static boolean isUnanswered(Reply reply) {
        return reply instanceof Reply.Unsent || reply instanceof Reply.Silence;
    }

    private static IOException unanswered(Reply reply) {
        return new IOException(
                reply instanceof Reply.Refusal refusal
                        ? "Redis refuses: " + refusal.error()
                        : "Redis does not answer: " + reply);
    }

    private static List<?> list(Reply.Answer answer) {
        return (List<?>) answer.value();
    }
}
