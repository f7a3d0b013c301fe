package io.kline.store.redis;

import static io.kline.testing.Candles.BTC;
import static io.kline.testing.Candles.MINUTE;
import static io.kline.testing.Candles.candle;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.store.KlineJson;
import io.kline.testing.Await;
import io.kline.testing.CandleBuilder;
import io.kline.testing.TestRedis;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.resps.Tuple;

class KlineScriptITCase {

    private static final int ACCEPTED = 1;
    private static final int STALE = 0;
    private static final int MISSING = 2;
    private static final int WRONG_TYPE = 4;
    private static final int SAME = 8;
    private static final int HISTORY = 3;

    private static final String LATEST = RedisKeys.latest(BTC, "1m");
    private static final String PAST = RedisKeys.history(BTC, "1m");

    private static TestRedis redis;
    private static Jedis reader;
    private static Connection writer;

    private final KlineScript script = new KlineScript(redis.settings(HISTORY), false);
    private final Pipeline pipeline = new Pipeline(script.text());

    @BeforeAll
    static void start() {
        redis = TestRedis.started();
        reader = redis.client();
        writer = new Connection("127.0.0.1", redis.port());
    }

    @AfterAll
    static void stop() {
        writer.close();
        reader.close();
        redis.close();
    }

    @BeforeEach
    void empty() {
        reader.flushAll();
    }

    @Test
    void firstCandleBecomesTheLatest() {
        assertThat(write(candle(1, 1))).containsExactly(ACCEPTED + MISSING);

        assertThat(reader.get(LATEST)).isEqualTo(KlineJson.write(candle(1, 1)));
        assertThat(reader.exists(PAST)).isFalse();
    }

    @Test
    void newerCandleMovesTheLatestToTheHistory() {
        write(candle(1, 5));

        assertThat(write(candle(2, 1))).containsExactly(ACCEPTED);

        assertThat(latest()).isEqualTo(candle(2, 1));
        assertThat(history()).containsExactly(candle(1, 5));
        assertThat(scores()).containsExactly(MINUTE);
    }

    @Test
    void correctionAndRollOverTravelTogether() {
        write(candle(1, 5));

        assertThat(write(candle(1, 6), candle(2, 1), candle(3, 0, 1, 1, false)))
                .containsExactly(ACCEPTED, ACCEPTED, ACCEPTED);

        assertThat(latest()).isEqualTo(candle(3, 0, 1, 1, false));
        assertThat(history()).containsExactly(candle(1, 6), candle(2, 1));
    }

    @Test
    void everyPartOfTheVersionDecidesAndEarlierOnesFirst() {
        List<Candle> ascending =
                List.of(
                        candle(1, 1, 50, 9, true),
                        candle(1, 2, 40, 9, false),
                        candle(1, 2, 41, 3, false),
                        candle(1, 2, 41, 4, false),
                        candle(1, 2, 41, 4, true),
                        candle(1, 10, 1, 1, false));
        for (int i = 0; i < ascending.size(); i++) {
            assertThat(write(ascending.get(i)).get(0) & ACCEPTED).isEqualTo(ACCEPTED);
            for (Candle lower : ascending.subList(0, i)) {
                assertThat(write(lower)).containsExactly(STALE);
            }
            assertThat(latest()).isEqualTo(ascending.get(i));
        }
    }

    @Test
    void theRevisionDecidesBeforeAllOthers() {
        Candle rebuilt = CandleBuilder.like(candle(1, 4, 40, 4, false)).revision(1).build();
        Candle again = CandleBuilder.like(candle(1, 3, 30, 3, false)).revision(10).build();
        write(candle(1, 5, 50, 5, true));

        assertThat(write(rebuilt)).containsExactly(ACCEPTED);
        assertThat(write(candle(1, 9, 90, 9, true))).containsExactly(STALE);
        assertThat(write(rebuilt)).containsExactly(ACCEPTED + SAME);
        assertThat(write(again)).containsExactly(ACCEPTED);
        assertThat(write(CandleBuilder.like(rebuilt).revision(9).build())).containsExactly(STALE);
        assertThat(latest()).isEqualTo(again);

        write(candle(2, 1));
        assertThat(write(candle(1, 9, 90, 9, true))).containsExactly(STALE);
        assertThat(write(CandleBuilder.like(rebuilt).revision(11).build()))
                .containsExactly(ACCEPTED);
        assertThat(history()).containsExactly(CandleBuilder.like(rebuilt).revision(11).build());
    }

    /** The first version of Kline wrote no revisions. */
    @Test
    void withoutARevisionItIsZero() {
        reader.set(LATEST, KlineJson.write(candle(2, 5)).replace(",\"r\":0", ""));
        reader.zadd(PAST, MINUTE, KlineJson.write(candle(1, 5)).replace(",\"r\":0", ""));

        assertThat(write(candle(1, 4), candle(2, 4))).containsExactly(STALE, STALE);
        assertThat(write(candle(1, 5), candle(2, 5)))
                .containsExactly(ACCEPTED + SAME, ACCEPTED + SAME);
        assertThat(write(candle(1, 6), candle(2, 6))).containsExactly(ACCEPTED, ACCEPTED);
        assertThat(latest()).isEqualTo(candle(2, 6));
        assertThat(history()).containsExactly(candle(1, 6));
    }

    @Test
    void equalVersionIsAcceptedAgainAndPublishesNothing() throws InterruptedException {
        write(candle(1, 5), candle(2, 5));
        try (Subscription subscription = new Subscription(LATEST)) {
            assertThat(write(candle(1, 5), candle(2, 5)))
                    .containsExactly(ACCEPTED + SAME, ACCEPTED + SAME);
            assertThat(write(candle(2, 6))).containsExactly(ACCEPTED);

            assertThat(subscription.messages.poll(10, TimeUnit.SECONDS))
                    .isEqualTo(KlineJson.write(candle(2, 6)));
            assertThat(subscription.messages).isEmpty();
        }
    }

    /** Redis was emptied: a correction of last month is not the latest candle. */
    @Test
    void correctionDoesNotBecomeTheLatestOnAnEmptyKey() {
        KlineScript corrections = new KlineScript(redis.settings(HISTORY), true);

        assertThat(write(corrections, candle(1, 2))).containsExactly(ACCEPTED + MISSING);
        assertThat(reader.exists(LATEST)).isFalse();
        assertThat(history()).containsExactly(candle(1, 2));

        write(candle(3, 1));
        assertThat(write(corrections, candle(3, 2))).containsExactly(ACCEPTED);
        assertThat(latest()).isEqualTo(candle(3, 2));
        assertThat(history()).containsExactly(candle(1, 2));
    }

    @Test
    void whatIsBroughtBackFillsTheHistoryOnlyAndIsNotPublished() throws InterruptedException {
        KlineScript back = KlineScript.bringingBack(redis.settings(HISTORY));

        assertThat(write(back, candle(1, 1))).as("no latest").containsExactly(MISSING);
        assertThat(reader.keys("*")).isEmpty();

        write(candle(3, 1), candle(5, 1));
        try (Subscription subscription = new Subscription(LATEST)) {
            assertThat(write(back, candle(2, 1), candle(3, 0, 0, 0, true), candle(4, 1)))
                    .containsExactly(ACCEPTED, STALE, ACCEPTED);
            assertThat(write(back, candle(1, 9))).as("trimmed").containsExactly(STALE);
            assertThat(write(back, candle(6, 9))).as("newer").containsExactly(STALE);
            write(candle(5, 2));

            assertThat(subscription.messages.poll(10, TimeUnit.SECONDS))
                    .isEqualTo(KlineJson.write(candle(5, 2)));
        }
        assertThat(history()).containsExactly(candle(2, 1), candle(3, 1), candle(4, 1));
        assertThat(latest()).isEqualTo(candle(5, 2));
    }

    @Test
    void historyIsReplacedByVersionAndNeverGetsASecondMember() {
        write(candle(1, 5), candle(2, 1), candle(3, 1));

        assertThat(write(candle(1, 6))).containsExactly(ACCEPTED);
        assertThat(write(candle(1, 6))).containsExactly(ACCEPTED + SAME);
        assertThat(write(candle(1, 5))).containsExactly(STALE);

        assertThat(history()).containsExactly(candle(1, 6), candle(2, 1));
        assertThat(latest()).isEqualTo(candle(3, 1));
    }

    @Test
    void missingCandleIsInsertedIntoTheHistory() {
        write(candle(1, 1), candle(3, 1), candle(4, 1));

        assertThat(write(candle(2, 1))).containsExactly(ACCEPTED);

        assertThat(history()).containsExactly(candle(1, 1), candle(2, 1), candle(3, 1));
    }

    @Test
    void historyKeepsTheNewest() {
        for (int minute = 1; minute <= 6; minute++) {
            write(candle(minute, 1));
        }

        assertThat(history()).containsExactly(candle(3, 1), candle(4, 1), candle(5, 1));
    }

    @Test
    void fullHistoryTakesNothingOlderThanItsLowest() {
        write(candle(2, 1), candle(4, 1), candle(5, 1), candle(6, 1));

        assertThat(write(candle(1, 9))).containsExactly(STALE);
        assertThat(write(candle(3, 1))).containsExactly(ACCEPTED);

        assertThat(history()).containsExactly(candle(3, 1), candle(4, 1), candle(5, 1));
    }

    @Test
    void rollOverDoesNotPutAnOlderVersionOverACorrectionInTheHistory() {
        reader.zadd(PAST, MINUTE, KlineJson.write(candle(1, 9)));
        reader.set(LATEST, KlineJson.write(candle(1, 5)));

        write(candle(2, 1));

        assertThat(history()).containsExactly(candle(1, 9));
    }

    @Test
    void numbersAreComparedExactly() {
        long big = Long.MAX_VALUE;
        write(candle(1, 3, 7, big - 1, false));

        assertThat(write(candle(1, 3, 7, big, false))).containsExactly(ACCEPTED);
        assertThat(write(candle(1, 3, 7, big - 1, false))).containsExactly(STALE);
        assertThat(write(candle(1, 3, big, 1, false))).containsExactly(ACCEPTED);
        assertThat(write(candle(1, 3, big - 1, 1, false))).containsExactly(STALE);
        assertThat(write(candle(1, big, 1, 1, false))).containsExactly(ACCEPTED);
        assertThat(write(candle(1, big - 1, 1, 1, false))).containsExactly(STALE);
        assertThat(write(candle(1, 9, big, big, true))).containsExactly(STALE);
    }

    @Test
    void timesBeforeTheEpochAreOrdered() {
        write(candle(-3, 1), candle(-2, 1), candle(-1, 1), candle(0, 1));

        assertThat(latest()).isEqualTo(candle(0, 1));
        assertThat(history()).containsExactly(candle(-3, 1), candle(-2, 1), candle(-1, 1));
        assertThat(write(candle(-2, 2))).containsExactly(ACCEPTED);
        assertThat(latest()).isEqualTo(candle(0, 1));
    }

    @Test
    void intervalsOfASymbolAreIndependent() {
        Candle hour = candle(BTC, "1h", 0, 9);

        assertThat(write(candle(1, 1), hour, candle(2, 1)))
                .containsExactly(ACCEPTED + MISSING, ACCEPTED + MISSING, ACCEPTED);

        assertThat(reader.get(RedisKeys.latest(BTC, "1h"))).isEqualTo(KlineJson.write(hour));
        assertThat(reader.exists(RedisKeys.history(BTC, "1h"))).isFalse();
        assertThat(history()).containsExactly(candle(1, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "{}", "{\"t\":1}", "{\"t\":60000,\"n\":\"many\"}"})
    void nonsenseIsOverwritten(String nonsense) {
        reader.set(LATEST, nonsense);
        assertThat(write(candle(1, 1))).containsExactly(ACCEPTED + MISSING);

        reader.zadd(PAST, 0, nonsense);
        assertThat(write(candle(0, 1))).containsExactly(ACCEPTED);

        assertThat(latest()).isEqualTo(candle(1, 1));
        assertThat(history()).containsExactly(candle(0, 1));
    }

    @Test
    void correctionDoesNotBecomeTheLatestWhereOnlyTheLatestIsGone() {
        write(candle(1, 1), candle(2, 1), candle(3, 1));
        reader.del(LATEST);

        assertThat(write(candle(1, 2))).containsExactly(ACCEPTED + MISSING);
        assertThat(reader.exists(LATEST)).isFalse();

        assertThat(write(candle(3, 1))).containsExactly(ACCEPTED + MISSING);
        assertThat(latest()).isEqualTo(candle(3, 1));
        assertThat(history()).containsExactly(candle(1, 2), candle(2, 1));
    }

    @Test
    void keyOfAnotherTypeStopsItsIntervalOnly() {
        reader.hset(LATEST, "a", "b");

        assertThat(write(candle(1, 1), candle(BTC, "1h", 0, 1)))
                .containsExactly(WRONG_TYPE, ACCEPTED + MISSING);

        assertThat(reader.type(LATEST)).isEqualTo("hash");
        assertThat(reader.exists(RedisKeys.latest(BTC, "1h"))).isTrue();
    }

    @Test
    void historyOfAnotherTypeLeavesTheLatestAsItIs() {
        write(candle(1, 1));
        reader.set(PAST, "text");

        assertThat(write(candle(2, 1))).containsExactly(WRONG_TYPE);

        assertThat(latest()).isEqualTo(candle(1, 1));
    }

    @Test
    void onlyAcceptedCandlesArePublished() throws InterruptedException {
        try (Subscription subscription = new Subscription(LATEST)) {
            write(candle(2, 5));
            write(candle(2, 4));
            write(candle(1, 1));
            write(candle(3, 1));

            for (Candle expected : List.of(candle(2, 5), candle(1, 1), candle(3, 1))) {
                assertThat(subscription.messages.poll(10, TimeUnit.SECONDS))
                        .isEqualTo(KlineJson.write(expected));
            }
            assertThat(subscription.messages).isEmpty();
        }
    }

    /** A call that is repeated finds its version stored, and would publish nothing. */
    @Test
    void whatCannotBePublishedIsNotStored() throws InterruptedException {
        write(candle(1, 1));
        reader.aclSetUser("default", "resetchannels");
        Call call = script.call(new ChangedCandles(BTC, List.of(candle(1, 2), candle(2, 1))));
        try {
            assertThat(Pipeline.reply(pipeline.exchange(writer, List.of(call), false).get(0)))
                    .isNotInstanceOf(Reply.Answer.class);
        } finally {
            reader.aclSetUser("default", "allchannels");
        }
        assertThat(latest()).isEqualTo(candle(1, 1));

        try (Subscription subscription = new Subscription(LATEST)) {
            assertThat(write(candle(1, 2), candle(2, 1))).containsExactly(ACCEPTED, ACCEPTED);
            for (Candle expected : List.of(candle(1, 2), candle(2, 1))) {
                assertThat(subscription.messages.poll(10, TimeUnit.SECONDS))
                        .isEqualTo(KlineJson.write(expected));
            }
        }
        assertThat(latest()).isEqualTo(candle(2, 1));
        assertThat(history()).containsExactly(candle(1, 2));
    }

    /** Nor is a correction, in a history or between it and the latest. */
    @Test
    void whatCannotBePublishedIsNotInTheHistory() throws InterruptedException {
        write(candle(1, 1), candle(2, 1), candle(5, 1));
        List<Candle> before = history();
        reader.aclSetUser("default", "resetchannels");
        Candle[] changed = {candle(1, 2), candle(3, 1), candle(5, 2)};
        Call call = script.call(new ChangedCandles(BTC, List.of(changed)));
        try {
            assertThat(Pipeline.reply(pipeline.exchange(writer, List.of(call), false).get(0)))
                    .isNotInstanceOf(Reply.Answer.class);
        } finally {
            reader.aclSetUser("default", "allchannels");
        }
        assertThat(history()).isEqualTo(before);

        try (Subscription subscription = new Subscription(LATEST)) {
            assertThat(write(changed)).containsExactly(ACCEPTED, ACCEPTED, ACCEPTED);
            for (Candle expected : changed) {
                assertThat(subscription.messages.poll(10, TimeUnit.SECONDS))
                        .isEqualTo(KlineJson.write(expected));
            }
        }
        assertThat(history()).containsExactly(candle(1, 2), candle(2, 1), candle(3, 1));
    }

    /** Two writers replay overlapping parts of the same history, as a zombie and its successor. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void racingWritersNeverTakeAReaderBackAndEndAtTheHighest(long seed) {
        Random random = new Random(seed);
        List<List<Candle>> writers = List.of(sequence(random), sequence(random));
        int[] next = {0, 0};
        TreeMap<Long, Candle> highest = new TreeMap<>();
        Map<Long, Candle> seen = new HashMap<>();
        long latestOpen = Long.MIN_VALUE;
        while (next[0] < writers.get(0).size() || next[1] < writers.get(1).size()) {
            int turn = random.nextInt(2);
            List<Candle> sequence = writers.get(turn);
            int size = Math.min(1 + random.nextInt(3), sequence.size() - next[turn]);
            if (size == 0) {
                continue;
            }
            List<Candle> candles = new ArrayList<>(sequence.subList(next[turn], next[turn] + size));
            next[turn] += size;
            candles.sort(Comparator.comparingLong(Candle::openTime));
            write(candles.toArray(Candle[]::new));
            candles.forEach(each -> highest.merge(each.openTime(), each, max()));

            assertThat(latest().openTime()).isGreaterThanOrEqualTo(latestOpen);
            latestOpen = latest().openTime();
            List<Candle> visible = new ArrayList<>(history());
            visible.add(latest());
            assertThat(visible).extracting(Candle::openTime).doesNotHaveDuplicates().isSorted();
            for (Candle candle : visible) {
                Candle before = seen.put(candle.openTime(), candle);
                assertThat(before == null || candle.version().compareTo(before.version()) >= 0)
                        .as("%s after %s", candle, before)
                        .isTrue();
            }
        }
        List<Candle> newest = highest.descendingMap().values().stream().limit(HISTORY + 1).toList();
        assertThat(latest()).isEqualTo(newest.get(0));
        assertThat(history())
                .containsExactlyElementsOf(
                        newest.stream()
                                .skip(1)
                                .sorted(Comparator.comparingLong(Candle::openTime))
                                .toList());
    }

    /** Minutes mostly go on, versions of a minute mostly grow. */
    private static List<Candle> sequence(Random random) {
        List<Candle> candles = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int minute = Math.max(0, i / 8 - random.nextInt(4));
            candles.add(
                    candle(
                            minute,
                            random.nextInt(3),
                            random.nextInt(3),
                            Long.MAX_VALUE - random.nextInt(3),
                            random.nextBoolean()));
        }
        return candles;
    }

    private static BinaryOperator<Candle> max() {
        return BinaryOperator.maxBy(Comparator.comparing(Candle::version));
    }

    private List<Integer> write(Candle... candles) {
        return write(script, candles);
    }

    private List<Integer> write(KlineScript calling, Candle... candles) {
        Call call = calling.call(new ChangedCandles(BTC, List.of(candles)));
        Reply reply = Pipeline.reply(pipeline.exchange(writer, List.of(call), false).get(0));
        assertThat(reply).isInstanceOf(Reply.Answer.class);
        return KlineScript.results((Reply.Answer) reply).stream()
                .map(KlineScript.Result::bits)
                .toList();
    }

    private static Candle latest() {
        return KlineJson.read(reader.get(LATEST));
    }

    private static List<Candle> history() {
        return reader.zrange(PAST, 0, -1).stream().map(KlineJson::read).toList();
    }

    private static List<Long> scores() {
        return reader.zrangeWithScores(PAST, 0, -1).stream()
                .map(Tuple::getScore)
                .map(Double::longValue)
                .toList();
    }

    /** A subscriber that has surely subscribed. */
    private static final class Subscription extends JedisPubSub implements AutoCloseable {

        private final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final Thread thread;

        Subscription(String channel) {
            thread =
                    new Thread(
                            () -> {
                                try (Jedis client = redis.client()) {
                                    client.subscribe(this, channel);
                                }
                            });
            thread.start();
            Await.until("subscription", this::isSubscribed);
        }

        @Override
        public void onMessage(String channel, String message) {
            messages.add(message);
        }

        @Override
        public void close() {
            unsubscribe();
            Await.until("end of the subscription", () -> !thread.isAlive());
        }
    }
}
