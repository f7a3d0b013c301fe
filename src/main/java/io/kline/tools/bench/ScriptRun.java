package io.kline.tools.bench;

import io.kline.config.IntervalOptions;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.store.KlineJson;
import io.kline.store.redis.RedisKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

/**
 * One measurement of a script on an empty server. A call has the candles of all intervals of a
 * symbol. What the server holds in the end is compared with what was written.
 */
final class ScriptRun {

    /** Klines of a full history. */
    static final int FULL = 1_500;

    static final String FORMING = "forming candle";
    static final String ROLL_OVER = "roll-over";
    static final String ALONE = "forming candle, a call of its own";
    static final String CLOSE = "close, behind a roll-over";
    static final String FULL_ROLL_OVER = "roll-over, full history";
    static final String FULL_CLOSE = "close, full history";
    static final List<String> ALL =
            List.of(FORMING, ALONE, ROLL_OVER, CLOSE, FULL_ROLL_OVER, FULL_CLOSE);

    private static final long ACCEPTED = 1;
    private static final long FIRST = 3;
    private static final int ROUNDS = 3;
    private static final int ALONE_ROUND = ROUNDS + 1;
    private static final int FULL_SYMBOLS = 20;
    private static final int FULL_ROUNDS = 20;

    private final ScriptClient client;
    private final MadeUpCandles candles = new MadeUpCandles();
    private final List<String> wide;

    ScriptRun(ScriptClient client, int symbols) {
        this.client = client;
        this.wide = IntStream.range(0, symbols).mapToObj("BENCH%05dUSDT"::formatted).toList();
    }

    List<Reading> readings() {
        List<Reading> readings = new ArrayList<>();
        write(wide, 0, 0, false, FIRST);
        double forming = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            forming += write(wide, 0, round, false, ACCEPTED);
        }
        readings.add(micros(FORMING, forming, ROUNDS, wide));
        readings.add(micros(ALONE, writeAlone(), 1, wide));
        readings.add(micros(ROLL_OVER, write(wide, 1, 0, false, ACCEPTED), 1, wide));
        readings.add(micros(CLOSE, write(wide, 0, ALONE_ROUND, true, ACCEPTED), 1, wide));
        check(wide, 0, 1);
        readings.addAll(full());
        return readings;
    }

    /** Histories that are full, so that each roll-over pushes a kline out. */
    private List<Reading> full() {
        List<String> few =
                IntStream.range(0, FULL_SYMBOLS).mapToObj("FULL%02dUSDT"::formatted).toList();
        write(few, FULL, 0, false, FIRST);
        fill(few);
        double rollOver = 0;
        double close = 0;
        for (int round = 0; round < FULL_ROUNDS; round++) {
            rollOver += write(few, FULL + round + 1, 0, false, ACCEPTED);
            close += write(few, FULL + round, 0, true, ACCEPTED);
        }
        check(few, FULL_ROUNDS, FULL + FULL_ROUNDS);
        return List.of(
                micros(FULL_ROLL_OVER, rollOver, FULL_ROUNDS, few),
                micros(FULL_CLOSE, close, FULL_ROUNDS, few),
                new Reading(
                        "memory of a full history",
                        "bytes",
                        client.memoryOf(RedisKeys.history(few.get(0), "1m"))));
    }

    private Reading micros(String what, double micros, int rounds, List<String> symbols) {
        return new Reading(
                what,
                "µs",
                micros / rounds / symbols.size() / IntervalOptions.DEFAULT_INTERVALS.size());
    }

    private double write(
            List<String> symbols, int place, int round, boolean closed, long expected) {
        List<ScriptClient.Encoded> calls =
                symbols.stream()
                        .map(symbol -> client.encode(candles.of(symbol, place, round, closed)))
                        .toList();
        return client.send(calls, expected);
    }

    private double writeAlone() {
        List<ScriptClient.Encoded> calls =
                wide.stream()
                        .flatMap(symbol -> candles.of(symbol, 0, ALONE_ROUND, false).stream())
                        .map(candle -> client.encode(List.of(candle)))
                        .toList();
        return client.send(calls, ACCEPTED);
    }

    private void fill(List<String> symbols) {
        for (String symbol : symbols) {
            try (Pipeline pipeline = client.pipeline()) {
                for (int place = 0; place < FULL; place++) {
                    for (Candle candle : candles.of(symbol, place, 0, true)) {
                        pipeline.zadd(
                                RedisKeys.history(symbol, candle.interval()),
                                candle.openTime(),
                                KlineJson.write(candle));
                    }
                }
            }
        }
    }

    /** The history has to begin with this place, and end before the latest. */
    private void check(List<String> symbols, int first, int latest) {
        for (String symbol : symbols) {
            List<Response<String>> strings = new ArrayList<>();
            List<Response<List<String>>> histories = new ArrayList<>();
            try (Pipeline pipeline = client.pipeline()) {
                for (Interval interval : IntervalOptions.DEFAULT_INTERVALS) {
                    strings.add(pipeline.get(RedisKeys.latest(symbol, interval.code())));
                    histories.add(
                            pipeline.zrange(RedisKeys.history(symbol, interval.code()), 0, -1));
                }
            }
            for (int i = 0; i < strings.size(); i++) {
                expect(candles.of(symbol, latest, 0, false).get(i), strings.get(i).get());
                List<String> members = histories.get(i).get();
                int size = latest - first;
                // Of the wide ones the latest version was closed, of the full ones the only one.
                int round = latest == 1 ? ALONE_ROUND : 0;
                if (members.size() != size) {
                    throw new WrongResultException(symbol + " has a history of " + members.size());
                }
                expect(candles.of(symbol, first, round, true).get(i), members.get(0));
                expect(candles.of(symbol, latest - 1, round, true).get(i), members.get(size - 1));
            }
        }
    }

    private static void expect(Candle candle, String stored) {
        String expected = KlineJson.write(candle);
        if (!expected.equals(stored)) {
            throw new WrongResultException("stored is " + stored + ", written was " + expected);
        }
    }
}
