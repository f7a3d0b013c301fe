package io.kline.store.heal;

import static io.kline.testing.Candles.MINUTE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kline.config.RedisSettings;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.Trade;
import io.kline.store.KlineJson;
import io.kline.store.redis.Call;
import io.kline.store.redis.ChangedCandles;
import io.kline.store.redis.KlineScript;
import io.kline.store.redis.RedisConnection;
import io.kline.store.redis.RedisKeys;
import io.kline.store.redis.Reply;
import io.kline.store.redis.WatchedRedis;
import io.kline.testing.Await;
import io.kline.testing.CandleBuilder;
import io.kline.testing.CandleStores;
import io.kline.testing.Database;
import io.kline.testing.NaiveCandles;
import io.kline.testing.Servers;
import io.kline.testing.TestRedis;
import io.kline.tools.cluster.KlineChannels;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;
import redis.clients.jedis.resps.Tuple;

@Timeout(120)
class HistoryHealerITCase {

    private static final int SIZE = 100;
    private static final long START = 1_741_046_400_000L;
    private static final long END = START + 8 * 60 * MINUTE + 30_000;
    private static final long CARRY_FOR = 30 * MINUTE;
    private static final String SYMBOL = "HEALUSDT";
    private static final String OTHER = "OTHERUSDT";
    private static final List<Interval> INTERVALS = CandleStores.intervals("1m", "5m", "1h", "1d");

    private static Database database;

    private final Queue<Candle> published = new ConcurrentLinkedQueue<>();
    private final List<Integer> calls = new ArrayList<>();
    private final List<HistoryHealer> healers = new ArrayList<>();
    private boolean isUpToDate = true;
    private Runnable beforeCall = () -> {};
    private long now;
    private int healed;

    private TestRedis redis;
    private CandleStores stores;
    private KlineChannels channels;

    @BeforeAll
    static void createDatabase() throws Exception {
        database = Servers.newDatabase();
    }

    @BeforeEach
    void start() throws Exception {
        redis = TestRedis.started();
        stores = new CandleStores(redis.node(), database);
        stores.sql("DELETE FROM kline");
    }

    @AfterEach
    void stop() throws Exception {
        healers.forEach(HistoryHealer::close);
        if (channels != null) {
            channels.close();
        }
        stores.close();
        redis.close();
    }

    @AfterAll
    static void dropDatabase() throws Exception {
        try (var connection = Servers.mariaDb().connectAsRoot();
                var statement = connection.createStatement()) {
            statement.execute("DROP DATABASE " + database.url().replaceAll(".*/|\\?.*", ""));
        }
    }

    @Test
    void emptyHistoriesAreFullAgainBelowTheLatest() throws Exception {
        store(SYMBOL);
        store(OTHER);
        latest(SYMBOL);
        latest(OTHER);

        listen();

        HistoryHealer healer = healer();
        assertThat(healer.look()).isZero();

        assertWhole(SYMBOL);
        assertWhole(OTHER);
        assertThat(healed).isEqualTo(2 * (100 + 96 + 8));
        // What comes after it would have been published shows that nothing was.
        write(CandleBuilder.like(latestOf(SYMBOL, "1m")).count(99).build());
        awaitPublished(1);
        int before = calls.size();
        healer.look();
        assertThat(calls).as("nothing more to do").hasSize(before);
    }

    @Test
    void emptiedServerWaitsForTheLatestAndKnowsItsSymbolsAgain() throws Exception {
        store(SYMBOL);
        HistoryHealer healer = healer();

        assertThat(healer.look()).isEqualTo(1);
        assertThat(stores.redis.keys("*")).isEmpty();

        latest(SYMBOL);
        stores.redis.del(RedisKeys.SYMBOLS);
        assertThat(healer.look()).isZero();
        assertWhole(SYMBOL);
        assertThat(stores.redis.smembers(RedisKeys.SYMBOLS)).containsExactly(SYMBOL);

        stores.redis.flushAll();
        latest(SYMBOL);
        assertThat(healer.look()).as("without a new connection").isZero();
        assertWhole(SYMBOL);
    }

    @Test
    void holesAreFilledWhetherTheHistoryIsFullOrNot() throws Exception {
        store(SYMBOL);
        latest(SYMBOL);
        HistoryHealer healer = healer();
        healer.look();
        List<Candle> minutes = candles(SYMBOL, "1m");
        int latest = minutes.size() - 1;
        String history = RedisKeys.history(SYMBOL, "1m");
        for (int hole : new int[] {latest - 1, latest - 20, latest - 21, latest - 99}) {
            remove(history, minutes.get(hole));
        }
        // An older candle is there where the newer one is not: the history is full.
        stores.toHistory(minutes.subList(latest - 104, latest - 100));
        remove(RedisKeys.history(SYMBOL, "1h"), candles(SYMBOL, "1h").get(4));
        healed = 0;

        healer.look();

        assertWhole(SYMBOL);
        assertThat(healed).isEqualTo(5);
    }

    /** As from a dump, or as a replica that was behind. */
    @Test
    void aServerThatHasGoneBackGetsItsOldVersionsReplaced() throws Exception {
        store(SYMBOL);
        latest(SYMBOL);
        HistoryHealer healer = healer();
        healer.look();
        healed = 0;
        for (Interval interval : INTERVALS) {
            List<Candle> all = candles(SYMBOL, interval.code());
            int last = all.size() - 1;
            int newest = interval.code().equals("1m") ? last - 40 : last - 1;
            for (int missing = newest + 1; missing < last; missing++) {
                remove(RedisKeys.history(SYMBOL, interval.code()), all.get(missing));
            }
            if (newest > 0) {
                Candle whole = all.get(newest);
                remove(RedisKeys.history(SYMBOL, interval.code()), whole);
                stores.toHistory(List.of(half(whole)));
            }
        }

        disconnectOthers();
        healer.look();

        assertWhole(SYMBOL);
        assertThat(healed).isEqualTo(39 + 3);

        // The connection was there all the time: only what is missing is looked for.
        calls.clear();
        healer.look();
        assertThat(calls).isEmpty();
    }

    /**
     * It rested in between, and rests now: there is a hole, and the latest is closed and stored.
     */
    @Test
    void nothingIsLookedForAgainInASymbolThatHasRested() throws Exception {
        List<Candle> minutes = candles(SYMBOL, "1m");
        List<Candle> whole = new ArrayList<>(minutes.subList(0, 20));
        whole.addAll(minutes.subList(40, 60));
        stores.toMysql(whole);
        stores.toLatest(whole.get(39));
        HistoryHealer healer = healer(INTERVALS.subList(0, 1), SIZE);
        healer.look();
        assertThat(history(SYMBOL, "1m")).isEqualTo(whole.subList(0, 39));

        isUpToDate = false;
        calls.clear();
        healer.look();
        assertThat(calls).isEmpty();
    }

    /** The live job has not come to it yet; when it has, this one goes to the history. */
    @Test
    void theLatestOfAServerThatHasGoneBackIsMadeWhole() throws Exception {
        store(SYMBOL);
        List<Candle> minutes = candles(SYMBOL, "1m");
        Candle whole = minutes.get(minutes.size() - 30);
        stores.toLatest(half(whole));
        listen();

        HistoryHealer healer = healer();
        healer.look();
        assertThat(latestOf(SYMBOL, "1m")).isEqualTo(whole);
        write(minutes.get(minutes.size() - 1));
        awaitPublished(1);
        healer.look();

        assertThat(history(SYMBOL, "1m"))
                .isEqualTo(minutes.subList(minutes.size() - 1 - SIZE, minutes.size() - 1));
    }

    private static Candle half(Candle whole) {
        return CandleBuilder.like(whole).last(0, 0).closed(false).build();
    }

    private void disconnectOthers() {
        stores.redis.clientKill(
                ClientKillParams.clientKillParams()
                        .type(ClientType.NORMAL)
                        .skipMe(ClientKillParams.SkipMe.YES));
    }

    @Test
    void aLargerHistoryIsFilledUp() throws Exception {
        store(SYMBOL);
        latest(SYMBOL);
        healer(10).look();
        assertThat(history(SYMBOL, "1m")).hasSize(10);

        healer().look();

        assertWhole(SYMBOL);
    }

    @Test
    void mysqlBehindOrOlderTakesNothingAway() throws Exception {
        List<Candle> minutes = candles(SYMBOL, "1m");
        int latest = minutes.size() - 1;
        stores.toMysql(minutes.subList(0, latest - 60));
        stores.toHistory(minutes.subList(latest - 80, latest));
        Candle corrected =
                CandleBuilder.like(minutes.get(latest - 70)).count(99).price("7.5").build();
        stores.redis.zremrangeByScore(
                RedisKeys.history(SYMBOL, "1m"), corrected.openTime(), corrected.openTime());
        stores.toHistory(List.of(corrected));
        stores.toLatest(minutes.get(latest));

        healer().look();

        List<Candle> expected = new ArrayList<>(minutes.subList(latest - SIZE, latest));
        expected.set(SIZE - 70, NaiveCandles.plain(corrected));
        assertThat(history(SYMBOL, "1m")).isEqualTo(expected);
    }

    /** Redis has gone back to an older state: what MySQL has beyond its latest is not for it. */
    @Test
    void nothingAboveTheLatestIsWritten() throws Exception {
        store(SYMBOL);
        List<Candle> minutes = candles(SYMBOL, "1m");
        stores.toLatest(minutes.get(300));

        healer().look();

        assertThat(history(SYMBOL, "1m")).isEqualTo(minutes.subList(200, 300));
        assertThat(stores.redis.get(RedisKeys.latest(SYMBOL, "1m")))
                .isEqualTo(KlineJson.write(minutes.get(300)));
    }

    @Test
    void nothingIsWrittenWhileMysqlIsBehindTheTopic() throws Exception {
        store(SYMBOL);
        latest(SYMBOL);
        HistoryHealer healer = healer();
        isUpToDate = false;

        assertThatThrownBy(healer::look).hasMessage("MySQL is behind the topic of klines");
        assertThat(history(SYMBOL, "1m")).isEmpty();

        isUpToDate = true;
        healer.look();
        assertWhole(SYMBOL);
    }

    @Test
    void aSymbolAtRestGetsItsLatestBackWhenNobodyElseBringsIt() throws Exception {
        List<Trade> trades = trades(SYMBOL).subList(0, 3);
        long lastTrade = trades.get(2).time();
        for (Interval interval : INTERVALS) {
            stores.toMysql(
                    NaiveCandles.of(trades, interval, CARRY_FOR, END, END).stream()
                            .filter(Candle::closed)
                            .toList());
        }
        HistoryHealer healer = healer();

        assertThat(healer.look()).isEqualTo(1);
        assertThat(stores.redis.keys("*")).as("the live job may come first").isEmpty();
        healer.look();
        healer.look();

        List<Candle> minutes =
                NaiveCandles.of(trades, INTERVALS.get(0), CARRY_FOR, lastTrade + CARRY_FOR, END)
                        .stream()
                        .filter(one -> one.openTime() < lastTrade + CARRY_FOR)
                        .toList();
        int last = minutes.size() - 1;
        assertThat(latestOf(SYMBOL, "1m")).isEqualTo(minutes.get(last));
        assertThat(history(SYMBOL, "1m")).isEqualTo(minutes.subList(0, last));
        assertThat(latestOf(SYMBOL, "1d")).as("the day is not over").isNull();
        assertThat(stores.redis.smembers(RedisKeys.SYMBOLS)).containsExactly(SYMBOL);
    }

    /** Somebody may have seen a newer candle than the stored one. */
    @Test
    void aSymbolThatIsNotAtRestIsLeftToTheLiveJob() throws Exception {
        store(SYMBOL);
        HistoryHealer healer = healer();

        for (int look = 0; look < 4; look++) {
            assertThat(healer.look()).isEqualTo(1);
        }

        assertThat(stores.redis.keys("*")).isEmpty();
    }

    @Test
    void redisAwayEndsTheLookAndTheNextOneGoesOn() throws Exception {
        store(SYMBOL);
        latest(SYMBOL);
        HistoryHealer healer = healer(INTERVALS.subList(0, 1), SIZE * 4);
        beforeCall =
                () -> {
                    if (calls.size() == 1) {
                        redis.kill();
                    }
                };

        assertThatThrownBy(healer::look).isInstanceOf(IOException.class);
        assertThatThrownBy(healer::look).isInstanceOf(IOException.class);

        redis.start();
        stores.close();
        stores = new CandleStores(redis.node(), database);
        latest(SYMBOL);
        healer.look();
        List<Candle> minutes = candles(SYMBOL, "1m");
        int last = minutes.size() - 1;
        assertThat(history(SYMBOL, "1m")).isEqualTo(minutes.subList(last - SIZE * 4, last));
    }

    @Test
    void emptiedAgainMeanwhileNothingIsLeftWithoutALatest() throws Exception {
        store(SYMBOL);
        latest(SYMBOL);
        HistoryHealer healer = healer(INTERVALS.subList(0, 1), SIZE * 4);
        beforeCall =
                () -> {
                    if (calls.size() == 1) {
                        stores.redis.flushAll();
                    }
                };

        healer.look();

        assertThat(stores.redis.exists(RedisKeys.history(SYMBOL, "1m"))).isFalse();
        assertThat(stores.redis.exists(RedisKeys.latest(SYMBOL, "1m"))).isFalse();
    }

    @Test
    void everyCallIsSmallAndWaitsForItsTurn() throws Exception {
        store(SYMBOL);
        store(OTHER);
        latest(SYMBOL);
        latest(OTHER);

        healer(INTERVALS, SIZE * 4).look();

        assertThat(calls).allMatch(size -> size <= HistoryHealer.CANDLES_PER_CALL);
        int candles = calls.stream().mapToInt(Integer::intValue).sum();
        assertThat(candles).isEqualTo(2 * (400 + 96 + 8));
        int last = calls.get(calls.size() - 1);
        assertThat(now)
                .as("ns between the first and the last call, at a thousand candles a second")
                .isEqualTo((candles - last) * 1_000_000L);
    }

    /** Candles that close and are corrected while the history is filled. */
    @Test
    void aLiveWriterMeanwhileIsNeverUndone() throws Exception {
        store(SYMBOL);
        latest(SYMBOL);
        List<Candle> minutes = candles(SYMBOL, "1m");
        int last = minutes.size() - 1;
        Candle corrected = CandleBuilder.like(minutes.get(last - 250)).count(50).build();
        Candle next =
                CandleBuilder.candle(SYMBOL, "1m", minutes.get(last).openTime() + MINUTE).build();
        beforeCall =
                () -> {
                    if (calls.isEmpty()) {
                        write(minutes.get(last));
                        write(next);
                        write(corrected);
                    }
                };

        listen();

        healer(INTERVALS.subList(0, 1), SIZE * 4).look();

        awaitPublished(2);

        List<Candle> expected = new ArrayList<>(minutes.subList(last + 1 - SIZE * 4, last + 1));
        expected.set(SIZE * 4 - 1 - 250, NaiveCandles.plain(corrected));
        assertThat(history(SYMBOL, "1m")).isEqualTo(expected);
        assertThat(published).extracting(Candle::key).containsExactly(next.key(), corrected.key());
    }

    private void write(Candle candle) {
        RedisSettings settings = redis.settings(SIZE * 4);
        KlineScript script = new KlineScript(settings, false);
        try (WatchedRedis writer = new WatchedRedis(settings, script)) {
            writer.ask(List.of(script.call(new ChangedCandles(candle.symbol(), List.of(candle)))));
        }
    }

    private void listen() {
        channels = new KlineChannels(redis.settings(SIZE), published::add);
        Await.until("subscription", () -> stores.redis.pubsubNumPat() == 1);
    }

    private void awaitPublished(int count) throws Exception {
        Await.until(Duration.ofSeconds(30), () -> assertThat(published).hasSize(count));
    }

    private void store(String symbol) throws Exception {
        for (Interval interval : INTERVALS) {
            stores.toMysql(
                    candles(symbol, interval.code()).stream().filter(Candle::closed).toList());
        }
    }

    private void latest(String symbol) {
        for (Interval interval : INTERVALS) {
            List<Candle> all = candles(symbol, interval.code());
            stores.toLatest(all.get(all.size() - 1));
        }
    }

    private void assertWhole(String symbol) {
        for (Interval interval : INTERVALS) {
            List<Candle> all = candles(symbol, interval.code());
            int last = all.size() - 1;
            assertThat(history(symbol, interval.code()))
                    .as(interval.code())
                    .isEqualTo(all.subList(Math.max(0, last - SIZE), last));
            assertThat(latestOf(symbol, interval.code())).isEqualTo(all.get(last));
        }
    }

    private void remove(String history, Candle candle) {
        assertThat(stores.redis.zremrangeByScore(history, candle.openTime(), candle.openTime()))
                .isEqualTo(1);
    }

    private Candle latestOf(String symbol, String interval) {
        String text = stores.redis.get(RedisKeys.latest(symbol, interval));
        return text == null ? null : NaiveCandles.plain(KlineJson.read(text));
    }

    private List<Candle> history(String symbol, String interval) {
        List<Candle> candles = new ArrayList<>();
        for (Tuple member :
                stores.redis.zrangeWithScores(RedisKeys.history(symbol, interval), 0, -1)) {
            Candle candle = NaiveCandles.plain(KlineJson.read(member.getElement()));
            assertThat(candle.openTime()).isEqualTo((long) member.getScore());
            candles.add(candle);
        }
        return candles;
    }

    private static List<Candle> candles(String symbol, String code) {
        Interval interval = CandleStores.intervals(code).get(0);
        return NaiveCandles.of(trades(symbol), interval, END, END);
    }

    private static List<Trade> trades(String symbol) {
        List<Trade> trades = new ArrayList<>();
        for (int id = 0; START + id * 150_000L < END; id++) {
            trades.add(
                    new Trade(
                            symbol,
                            id,
                            id,
                            BigDecimal.valueOf(100 + id % 7),
                            BigDecimal.valueOf(1 + id % 3),
                            START + id * 150_000L,
                            id % 2 == 0));
        }
        return trades;
    }

    private HistoryHealer healer() {
        return healer(SIZE);
    }

    private HistoryHealer healer(int size) {
        return healer(INTERVALS, size);
    }

    private HistoryHealer healer(List<Interval> intervals, int size) {
        RedisSettings settings = redis.settings(size);
        HistoryHealer healer =
                new HistoryHealer(
                        new HealSettings(
                                settings,
                                stores.login(database.url()),
                                intervals,
                                Duration.ofMillis(CARRY_FOR),
                                Duration.ZERO),
                        new RedisHistories(new CountedCalls(settings), settings),
                        () -> isUpToDate,
                        new Pace(1_000, () -> now, nanos -> now += nanos),
                        candles -> healed += candles);
        healers.add(healer);
        return healer;
    }

    /** The real servers, and how many candles each call of the script has. */
    private final class CountedCalls implements RedisConnection {

        private final RedisConnection real;

        CountedCalls(RedisSettings settings) {
            real = new WatchedRedis(settings, new KlineScript(settings, false));
        }

        @Override
        public List<Reply> ask(List<Call> sent) {
            for (Call call : sent) {
                if (call.command() == Command.EVALSHA) {
                    beforeCall.run();
                    int keys = Integer.parseInt(new String(call.args().get()[1], UTF_8));
                    calls.add((call.args().get().length - 5 - keys) / 2);
                }
            }
            return real.ask(sent);
        }

        @Override
        public long epoch() {
            return real.epoch();
        }

        @Override
        public Object server(String key) {
            return real.server(key);
        }

        @Override
        public int topologies() {
            return real.topologies();
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
