package io.kline.sink.redis;

import static io.kline.testing.Candles.candle;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.store.redis.ChangedCandles;
import io.kline.testing.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories of an outbox beside a plain map: of every symbol, interval and open time the
 * highest version that was added, and whether it has been acknowledged since.
 */
class OutboxPropertyTest {

    private static final int STEPS = 2_000;
    private static final int PER_INTERVAL = 5;
    private static final List<String> SYMBOLS = List.of("A", "B", "C", "D", "E", "F");
    private static final List<String> INTERVALS = List.of("1m", "3m", "1h");

    private final Map<String, NavigableMap<Long, Highest>> model = new HashMap<>();
    private final Set<Candle> added = new HashSet<>();
    private Random random;
    private Outbox outbox = new Outbox(PER_INTERVAL);
    private List<ChangedCandles> sent;

    private record Highest(Candle candle, boolean acknowledged) {}

    static LongStream seeds() {
        return Seeds.from(0, 50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingIsLostAndTheHighestVersionIsKept(long seed) {
        random = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(12)) {
                case 0 -> restart();
                case 1, 2, 3 -> sendOrLand();
                case 4 -> outbox.wake();
                default -> add(step / 50 + random.nextInt(8));
            }
            if (random.nextInt(10) == 0) {
                check(outbox.snapshot());
            }
        }
        drain();
        check(outbox.snapshot());
        assertThat(outbox.size()).isZero();
        assertThat(outbox.bytes()).isZero();
    }

    private void add(int minute) {
        Candle candle = candle(any(SYMBOLS), any(INTERVALS), minute, random.nextInt(100));
        outbox.add(candle);
        added.add(candle);
        series(candle)
                .merge(
                        candle.openTime(),
                        new Highest(candle, false),
                        (a, b) -> isHigher(a.candle, candle) ? a : b);
    }

    private void sendOrLand() {
        if (sent == null) {
            send();
        } else {
            land();
        }
    }

    /** All that is ready fits into a batch, so a symbol goes as a whole. */
    private void send() {
        sent = outbox.send().changed();
        assertThat(outbox.hasReady()).isFalse();
        assertThat(sent).extracting(ChangedCandles::symbol).doesNotHaveDuplicates();
        for (ChangedCandles changed : sent) {
            Map<String, Long> before = new HashMap<>();
            for (Candle candle : changed.candles()) {
                assertThat(added).contains(candle);
                assertThat(candle.symbol()).isEqualTo(changed.symbol());
                Long last = before.put(candle.interval(), candle.openTime());
                assertThat(last == null || last < candle.openTime()).isTrue();
            }
        }
    }

    private void land() {
        outbox.landed();
        for (ChangedCandles changed : sent) {
            switch (random.nextInt(4)) {
                case 0 -> outbox.rest(changed);
                case 1 -> {
                    List<Candle> candles = changed.candles();
                    outbox.rest(candles.get(0));
                    candles.subList(1, candles.size()).forEach(this::acknowledge);
                }
                case 2 -> changed.candles().forEach(outbox::add);
                default -> changed.candles().forEach(this::acknowledge);
            }
        }
        sent = null;
    }

    private void acknowledge(Candle candle) {
        series(candle)
                .computeIfPresent(
                        candle.openTime(),
                        (time, highest) ->
                                isHigher(highest.candle, candle)
                                        ? highest
                                        : new Highest(highest.candle, true));
    }

    /** A new outbox gets the elements of the old one's snapshot in any order. */
    private void restart() {
        List<UnwrittenCandles> state = new ArrayList<>(outbox.snapshot());
        Collections.shuffle(state, random);
        outbox = new Outbox(PER_INTERVAL);
        state.forEach(outbox::restore);
        sent = null;
    }

    private void drain() {
        if (sent != null) {
            sent.forEach(outbox::rest);
            outbox.landed();
        }
        outbox.wake();
        send();
        sent.forEach(changed -> changed.candles().forEach(this::acknowledge));
        outbox.landed();
        assertThat(outbox.isEmpty()).isTrue();
    }

    /** The newest of each series are there unless acknowledged, and nothing that never was. */
    private void check(List<UnwrittenCandles> state) {
        Map<String, NavigableMap<Long, Candle>> found = new HashMap<>();
        for (UnwrittenCandles element : state) {
            for (Candle candle : element.candles()) {
                assertThat(added).contains(candle);
                found.computeIfAbsent(key(candle), any -> new TreeMap<>())
                        .merge(candle.openTime(), candle, (a, b) -> isHigher(a, b) ? a : b);
            }
        }
        model.forEach(
                (key, series) ->
                        series.descendingMap().values().stream()
                                .limit(PER_INTERVAL)
                                .filter(highest -> !highest.acknowledged)
                                .forEach(
                                        highest ->
                                                assertThat(found.getOrDefault(key, new TreeMap<>()))
                                                        .containsValue(highest.candle)));
    }

    private NavigableMap<Long, Highest> series(Candle candle) {
        return model.computeIfAbsent(key(candle), any -> new TreeMap<>());
    }

    private static boolean isHigher(Candle a, Candle b) {
        return a.version().compareTo(b.version()) > 0;
    }

    private static String key(Candle candle) {
        return candle.symbol() + " " + candle.interval();
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
