package io.kline.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.query.QueryResult;
import io.kline.query.Range;
import io.kline.query.Store;
import io.kline.server.api.Intervals;
import io.kline.testing.Await;
import io.kline.testing.CandleBuilder;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MissedCandlesTest {

    private static final String KEY = "the channel";
    private static final long MINUTE = 60_000;
    private static final Duration LONG = Duration.ofHours(1);

    /** Shorter than what is being read is waited for. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final Interval INTERVAL = Interval.parse("1m", ZoneOffset.UTC);
    private static final List<Candle> STORED =
            List.of(
                    candle(1, 2, true),
                    candle(2, 4, true),
                    candle(3, 5, true),
                    candle(4, 1, false));

    private final Intervals intervals = new Intervals(List.of(INTERVAL));
    private final StreamClients clients =
            new StreamClients(1_000, LONG, LONG, new SimpleMeterRegistry());
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Channel channel = channel();
    private volatile Channel current = channel;
    private final Counter gaps = new SimpleMeterRegistry().counter("gaps");
    private final MissedCandles missed =
            new MissedCandles(
                    null,
                    (symbol, interval, range) -> read(range),
                    InstantSource.system(),
                    timer,
                    key -> current,
                    gaps);
    private final RecordedSession klines = new RecordedSession();
    private final RecordedSession corrections = new RecordedSession();
    private volatile boolean isAway = true;
    private volatile boolean isMysqlAway;
    private volatile boolean isBroken;
    private final AtomicInteger tries = new AtomicInteger();

    @BeforeEach
    void interrupt() {
        subscribe(channel, klines, "btcusdt@kline_1m");
        subscribe(channel, corrections, "btcusdt@correction_1m");
        channel.plain().begin(0);
        channel.accept(candle(1, 1, false));
        channel.hold();
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
        clients.close();
    }

    @Test
    void whatWasMissedGoesOutInItsOrder() throws Exception {
        missed.read(KEY, channel);
        channel.accept(candle(4, 1, false));
        // A part would come again with the whole, and look like corrections.
        Await.until(SOON, "tries", () -> tries.get() > 2);
        assertThat(names(klines)).containsExactly("1 n1");
        isAway = false;
        awaitAllInOrder();
    }

    /** What went out meanwhile is no beginning: the candles before it have not. */
    @Test
    void whatWasMissedIsReadThoughWhatIsNewerHasWaitedForTooLong() throws Exception {
        missed.read(KEY, channel);
        channel.accept(candle(4, 1, false));
        channel.plain().letGo(channel.newestHold());
        Await.until(SOON, () -> assertThat(names(klines)).containsExactly("1 n1", "4 n1"));
        isAway = false;
        Await.until(
                SOON,
                () ->
                        assertThat(names(corrections))
                                .containsExactly("1 n2 closed", "2 n4 closed", "3 n5 closed"));
    }

    @Test
    void aLaterReadingDoesWhatTheOneBeforeItHasNotDone() throws Exception {
        missed.read(KEY, channel);
        channel.accept(candle(4, 1, false));
        channel.plain().letGo(channel.newestHold());
        Await.until(SOON, () -> assertThat(names(klines)).containsExactly("1 n1", "4 n1"));
        channel.hold();
        missed.read(KEY, channel);
        isAway = false;
        Await.until(SOON, () -> assertThat(names(corrections)).hasSize(3));
    }

    /** Redis has lost its history, and the history job's store is away. */
    @Test
    void whatMysqlAloneHasIsWaitedFor() throws Exception {
        isAway = false;
        isMysqlAway = true;
        missed.read(KEY, channel);
        channel.accept(candle(4, 1, false));
        Await.until(SOON, "tries", () -> tries.get() > 2);
        assertThat(names(klines)).containsExactly("1 n1");
        isMysqlAway = false;
        awaitAllInOrder();
        assertThat(gaps.count()).isZero();
    }

    /** Nobody waits for good: the stream goes on, and the closes are corrections. */
    @Test
    void whatMysqlAloneHasComesWhenItIsBack() throws Exception {
        isAway = false;
        isMysqlAway = true;
        missed.read(KEY, channel);
        Await.until(SOON, "tries", () -> tries.get() > 0);
        channel.plain().letGo(channel.newestHold());
        Await.until(SOON, () -> assertThat(names(klines)).containsExactly("1 n1", "4 n1"));
        Await.until(SOON, () -> assertThat(gaps.count()).isOne());
        channel.hold();
        missed.read(KEY, channel);
        isMysqlAway = false;
        Await.until(
                SOON,
                () ->
                        assertThat(names(corrections))
                                .containsExactly("1 n2 closed", "2 n4 closed", "3 n5 closed"));
        assertThat(names(klines)).containsExactly("1 n1", "4 n1");
        assertThat(gaps.count()).isOne();
    }

    /** The first one's clients have gone, and others want the same stream. */
    @Test
    void aChannelIsReadForItselfAlone() throws Exception {
        missed.read(KEY, channel);
        Await.until(SOON, "tries", () -> tries.get() > 1);
        Channel other = channel();
        RecordedSession others = new RecordedSession();
        subscribe(other, others, "btcusdt@kline_1m");
        subscribe(other, others, "btcusdt@correction_1m");
        current = other;
        other.hold();
        missed.read(KEY, other);
        isAway = false;
        Await.until(SOON, () -> assertThat(names(others)).containsExactly("4 n1"));
        channel.plain().letGo(channel.newestHold());
        assertThat(names(klines)).containsExactly("1 n1");
    }

    /** A client may want another zone just then: what is missed afterwards is not read for it. */
    @Test
    void whatIsReadWhileTheChannelIsLostEndsNoWaiting() {
        channel.lose();
        channel.plain().begin(MissedReading.of(channel).hold);
        assertThat(channel.plain().isHeld()).isTrue();
        channel.hold();
        channel.plain().begin(MissedReading.of(channel).hold);
        assertThat(channel.plain().isHeld()).isFalse();
    }

    /** Of the time before it was heard there is nothing in the log. */
    @Test
    void theLogIsReadFromWhereTheChannelWasHeard() {
        MissedReading first = MissedReading.of(channel);
        channel.heard(9 * MINUTE);
        assertThat(MissedReading.of(channel).with(first).lastHeard).isEqualTo(9 * MINUTE);
        MissedReading second = MissedReading.of(channel);
        channel.heard(10 * MINUTE);
        assertThat(MissedReading.of(channel).with(second).lastHeard).isEqualTo(9 * MINUTE);
    }

    @Test
    void whereReadingFailsForGoodNothingWaitsForIt() throws Exception {
        isBroken = true;
        missed.read(KEY, channel);
        channel.accept(candle(4, 1, false));
        Await.until(SOON, () -> assertThat(names(klines)).containsExactly("1 n1", "4 n1"));
    }

    private QueryResult<List<Candle>> read(Range range) {
        tries.incrementAndGet();
        if (isBroken) {
            throw new IllegalStateException("broken");
        }
        if (isAway) {
            return new QueryResult<>(STORED.subList(1, 3), Set.of(Store.REDIS));
        }
        long from = range.start() == null || isMysqlAway ? 4 * MINUTE : range.start();
        long to = range.end() == null ? Long.MAX_VALUE : range.end();
        return new QueryResult<>(
                STORED.stream()
                        .filter(candle -> candle.openTime() >= from && candle.openTime() <= to)
                        .toList(),
                isMysqlAway ? Set.of(Store.MYSQL) : Set.of());
    }

    private void awaitAllInOrder() throws Exception {
        Await.until(
                SOON,
                () ->
                        assertThat(names(klines))
                                .containsExactly(
                                        "1 n1",
                                        "1 n2 closed",
                                        "2 n4 closed",
                                        "3 n5 closed",
                                        "4 n1"));
        assertThat(corrections.texts).isEmpty();
    }

    private Channel channel() {
        return new Channel(
                "BTCUSDT",
                INTERVAL,
                interval -> new LiveSeries(interval, InstantSource.system(), timer));
    }

    private void subscribe(Channel channel, RecordedSession session, String stream) {
        StreamClient client = StreamClientsTest.client(clients);
        client.onWebSocketOpen(session.session());
        channel.add(client, StreamName.parse(stream, intervals).orElseThrow());
    }

    private static List<String> names(RecordedSession session) {
        return LiveSeriesTest.names(session);
    }

    private static Candle candle(long minute, long count, boolean closed) {
        return CandleBuilder.candle("BTCUSDT", "1m", minute * MINUTE)
                .count(count)
                .closed(closed)
                .build();
    }
}
