package io.kline.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.query.QueryResult;
import io.kline.query.Range;
import io.kline.query.RestatedCandle;
import io.kline.query.Store;
import io.kline.server.api.Intervals;
import io.kline.testing.Await;
import io.kline.testing.CandleBuilder;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a stream goes on without: Redis has lost it, and MySQL is away or has it later. */
class LeftOutCandlesTest {

    private static final String KEY = "the channel";
    private static final long MINUTE = 60_000;
    private static final Duration LONG = Duration.ofHours(1);

    /** Longer than a candle waits for those before it. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final Interval INTERVAL = Interval.parse("1m", ZoneOffset.UTC);

    private final Intervals intervals = new Intervals(List.of(INTERVAL));
    private final StreamClients clients =
            new StreamClients(1_000, LONG, LONG, new SimpleMeterRegistry());
    private final ScheduledExecutorService timer = LiveSeries.timer();
    private final Looks looks = new Looks();
    private final Channel channel =
            new Channel(
                    "BTCUSDT",
                    INTERVAL,
                    interval -> new LiveSeries(interval, InstantSource.system(), timer));
    private final Counter gaps = new SimpleMeterRegistry().counter("gaps");
    private final MissedCandles missed =
            new MissedCandles(
                    null,
                    (symbol, interval, range) -> read(range),
                    InstantSource.system(),
                    looks,
                    key -> channel,
                    gaps);
    private final RecordedSession klines = new RecordedSession();
    private final RecordedSession corrections = new RecordedSession();
    private final TreeMap<Long, Candle> redis = new TreeMap<>();
    private final TreeMap<Long, Candle> mysql = new TreeMap<>();
    private boolean isMysqlAway = true;

    @BeforeEach
    void interrupt() {
        subscribe(klines, "btcusdt@kline_1m");
        subscribe(corrections, "btcusdt@correction_1m");
        channel.plain().begin(0);
        channel.accept(closed(1));
        channel.hold();
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
        looks.shutdownNow();
        clients.close();
    }

    @Test
    void whatIsNextIsNotWaitedFor() {
        store(redis, 2, 3);
        store(redis, 6, 7);
        look();
        assertThat(names(klines)).containsExactly("1", "2", "3");
        isMysqlAway = false;
        store(mysql, 1, 5);
        look();
        assertThat(names(klines)).containsExactly("1", "2", "3", "4", "5", "6", "7");
        assertThat(corrections.texts).isEmpty();
        assertThat(gaps.count()).isZero();
    }

    /** The history job writes when MySQL is back, not before. */
    @Test
    void whatComesToMysqlInAMomentIsNotLost() {
        store(redis, 6, 7);
        isMysqlAway = false;
        look();
        store(mysql, 2, 4);
        look();
        assertThat(all()).contains("2", "3", "4").doesNotContain("5");
        store(mysql, 5, 5);
        look();
        assertThat(all()).containsExactly("1", "2", "3", "4", "5", "6", "7");
        assertThat(looks.next).isEmpty();
    }

    @Test
    void whatTheStreamWentOnWithoutMayComeLaterThanMysql() {
        store(redis, 4, 5);
        channel.plain().letGo(channel.newestHold());
        look();
        assertThat(gaps.count()).isOne();
        isMysqlAway = false;
        look();
        store(mysql, 2, 3);
        look();
        assertThat(all()).containsExactly("1", "2", "3", "4", "5");
        assertThat(looks.next).isEmpty();
    }

    /** A symbol that has rested has no candles then, without ticks. */
    @Test
    void whatThereIsNotIsNotLookedForForEver() {
        store(redis, 4, 5);
        isMysqlAway = false;
        for (int i = 0; i < 12; i++) {
            look();
        }
        assertThat(looks.next).isEmpty();
        assertThat(gaps.count()).isZero();
    }

    /** Versions that the stream has forgotten are not sent again. */
    @Test
    void whatLiesBetweenHolesIsSentOnce() throws Exception {
        isMysqlAway = false;
        store(redis, 3, 199);
        store(redis, 201, 202);
        look();
        Await.until(SOON, () -> assertThat(names(klines)).contains("3", "202"));
        look();
        assertThat(corrections.texts).isEmpty();
        store(mysql, 2, 2);
        store(mysql, 200, 200);
        look();
        assertThat(names(corrections)).containsExactly("2", "200");
        assertThat(looks.next).isEmpty();
    }

    /** The stream has forgotten it when the log is read. */
    @Test
    void whatTheLogHasAsWellIsSentOnce() {
        MissedReading reading = MissedReading.of(channel);
        for (int minute = 2; minute <= 200; minute++) {
            reading.pass(closed(minute));
        }
        reading.leave(List.of());
        reading.take(
                new RestatedCandle(
                        1, "BTCUSDT", "1m", 2 * MINUTE, "late", 0, closed(2), closed(2)));
        reading.passCorrected();
        assertThat(all()).hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    void aGapMayBeLongerThanWhatIsReadAtOnce() {
        store(redis, 2_500, 2_501);
        channel.plain().letGo(channel.newestHold());
        look();
        isMysqlAway = false;
        store(mysql, 2, 2_499);
        look();
        assertThat(all())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 2_501).mapToObj(Integer::toString).toList());
        assertThat(looks.next).isEmpty();
    }

    /** Redis is empty, and where it begins again is not known. */
    @Test
    void whatIsSentBehindAGapIsNoPartOfIt() {
        channel.plain().letGo(channel.newestHold());
        look();
        store(redis, 2, 3);
        look();
        store(redis, 4, 203);
        redis.values().forEach(channel::accept);
        isMysqlAway = false;
        while (!looks.next.isEmpty()) {
            looks.run();
        }
        assertThat(names(klines)).hasSize(203);
        assertThat(corrections.texts).isEmpty();
    }

    @Test
    void betweenTwoGapsNothingIsReadAgain() {
        MissedReading first = MissedReading.of(channel);
        first.goOn(range(2, 3));
        channel.plain().letGo(channel.newestHold());
        for (int minute = 2; minute <= 200; minute++) {
            channel.accept(closed(minute));
        }
        MissedReading second = MissedReading.of(channel).with(first);
        second.goOn(range(201, 203));
        assertThat(second.gaps).containsExactly(range(2, 3), range(201, 203));
        second.goOn(null);
        assertThat(second.gaps).containsExactly(range(2, 3));
    }

    /** Nobody has asked in between. */
    @Test
    void aStreamThatWentOnIsCountedThoughMysqlIsBack() throws Exception {
        store(redis, 4, 5);
        look();
        channel.plain().letGo(channel.newestHold());
        Await.until(SOON, () -> assertThat(names(klines)).containsExactly("1", "4", "5"));
        isMysqlAway = false;
        store(mysql, 2, 3);
        look();
        assertThat(names(corrections)).containsExactly("2", "3");
        assertThat(gaps.count()).isOne();
    }

    /** The next time, or the first. */
    private void look() {
        if (looks.isFirst) {
            looks.isFirst = false;
            missed.read(KEY, channel);
        }
        looks.run();
    }

    private QueryResult<List<Candle>> read(Range range) {
        TreeMap<Long, Candle> stored = new TreeMap<>(redis);
        if (!isMysqlAway) {
            stored.putAll(mysql);
        }
        long start = range.start() == null ? 0 : range.start();
        long end = range.end() == null ? Long.MAX_VALUE : range.end();
        List<Candle> wanted = List.copyOf(stored.subMap(start, true, end, true).values());
        int most = Math.min(range.limit(), wanted.size());
        return new QueryResult<>(
                range.start() == null
                        ? wanted.subList(wanted.size() - most, wanted.size())
                        : wanted.subList(0, most),
                isMysqlAway ? Set.of(Store.MYSQL) : Set.of());
    }

    private void subscribe(RecordedSession session, String stream) {
        StreamClient client = StreamClientsTest.client(clients);
        client.onWebSocketOpen(session.session());
        channel.add(client, StreamName.parse(stream, intervals).orElseThrow());
    }

    /** What was sent on either stream, in the order of the candles. */
    private List<String> all() {
        return Stream.of(klines, corrections)
                .flatMap(session -> names(session).stream())
                .map(Integer::valueOf)
                .sorted()
                .map(Object::toString)
                .toList();
    }

    private static List<String> names(RecordedSession session) {
        List<String> names = new ArrayList<>();
        LiveSeriesTest.names(session).forEach(name -> names.add(name.split(" ")[0]));
        return names;
    }

    private static void store(TreeMap<Long, Candle> store, int first, int last) {
        for (int minute = first; minute <= last; minute++) {
            store.put(minute * MINUTE, closed(minute));
        }
    }

    private static Range range(int first, int last) {
        return new Range(first * MINUTE, last * MINUTE, MissedReading.MOST_MISSED);
    }

    private static Candle closed(int minute) {
        return CandleBuilder.candle("BTCUSDT", "1m", minute * MINUTE).count(5).closed(true).build();
    }

    /** Runs what is due when it is asked to. */
    private static final class Looks extends ScheduledThreadPoolExecutor {

        private final Deque<Runnable> next = new ArrayDeque<>();
        private boolean isFirst = true;

        Looks() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            next.add(task);
            return null;
        }

        void run() {
            next.pop().run();
        }
    }
}
