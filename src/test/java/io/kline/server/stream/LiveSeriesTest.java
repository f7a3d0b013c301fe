package io.kline.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.server.api.Intervals;
import io.kline.testing.Await;
import io.kline.testing.CandleBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveSeriesTest {

    private static final long MINUTE = 60_000;
    private static final Duration LONG = Duration.ofHours(1);
    private static final Interval INTERVAL = Interval.parse("1m", ZoneOffset.UTC);

    private final Intervals intervals = new Intervals(List.of(INTERVAL));
    private final StreamClients clients =
            new StreamClients(1_000, LONG, LONG, new SimpleMeterRegistry());
    private final ScheduledThreadPoolExecutor timer = LiveSeries.timer();
    private final LiveSeries series = new LiveSeries(INTERVAL, InstantSource.system(), timer);
    private final RecordedSession klines = new RecordedSession();
    private final RecordedSession corrections = new RecordedSession();

    @BeforeEach
    void subscribe() {
        subscribe(klines, "btcusdt@kline_1m");
        subscribe(corrections, "btcusdt@correction_1m");
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
        clients.close();
    }

    /** What lies between it and the newest is not known, so it would be sent as changed. */
    @Test
    void anOldCorrectionIsNothingToReadAgainFrom() {
        series.accept(candle(10, 7, true));
        series.accept(candle(1_000, 1, false));
        series.begin(0);
        assertThat(series.rememberedSince()).isEqualTo(1_000 * MINUTE);
        series.accept(candle(999, 5, true));
        series.accept(candle(1_000, 2, true));
        series.accept(candle(1_001, 1, false));
        assertThat(series.rememberedSince()).isEqualTo(999 * MINUTE);
        assertThat(names(klines)).containsExactly("1000 n1", "1000 n2 closed", "1001 n1");
        assertThat(names(corrections)).containsExactly("10 n7 closed", "999 n5 closed");
    }

    @Test
    void beforeThereIsOneNothingIsReadAgain() {
        assertThat(series.rememberedSince()).isNull();
        series.accept(candle(10, 7, true));
        assertThat(series.rememberedSince()).isNull();
    }

    /** Whoever wants corrections alone gets all of them. */
    @Test
    void whatClosedBeforeTheNewestIsThereIsACorrectionToo() {
        series.accept(candle(3, 2, true));
        series.accept(candle(4, 5, true));
        series.accept(candle(5, 1, false));
        series.begin(0);
        assertThat(names(klines)).containsExactly("4 n5 closed", "5 n1");
        assertThat(names(corrections)).containsExactly("3 n2 closed", "4 n5 closed");
    }

    @Test
    void whatWaitedForTheStoresGoesOutSoonAfterThat() throws Exception {
        series.begin(0);
        series.accept(candle(1, 1, false));
        series.hold(1);
        series.accept(candle(3, 1, false));
        series.begin(1);
        assertThat(names(klines)).containsExactly("1 n1");
        Await.until(
                Duration.ofSeconds(20),
                () -> assertThat(names(klines)).containsExactly("1 n1", "3 n1"));
    }

    /** What the later interruption left out is still being read. */
    @Test
    void aReadingThatBeganBeforeAnInterruptionEndsNoWaitingForIt() throws Exception {
        series.begin(0);
        series.accept(candle(1, 1, false));
        series.hold(1);
        series.hold(2);
        series.accept(candle(3, 1, false));
        series.begin(1);
        series.letGo(1);
        series.accept(candle(1, 2, true));
        TimeUnit.NANOSECONDS.sleep(CandleOrder.PATIENCE.toNanos());
        series.accept(candle(3, 2, false));
        assertThat(names(klines)).containsExactly("1 n1", "1 n2 closed");
        series.accept(candle(2, 2, true));
        assertThat(names(klines)).containsExactly("1 n1", "1 n2 closed", "2 n2 closed", "3 n2");
        series.begin(2);
    }

    /** A stream begins with the newest candle, as soon as that is known. */
    @Test
    void beforeACandleHasGoneOutALossIsNone() {
        series.hold(1);
        series.accept(candle(1, 1, false));
        series.lose(2);
        series.begin(1);
        assertThat(names(klines)).containsExactly("1 n1");
    }

    @Test
    void theNewestGoesNotBackHoweverManyWaitBehindIt() {
        series.begin(0);
        series.accept(candle(1, 7, true));
        series.hold(1);
        for (int minute = 3; minute < 203; minute++) {
            series.accept(candle(minute, 1, true));
        }
        series.accept(candle(1, 6, true));
        assertThat(names(klines)).containsExactly("1 n7 closed");
    }

    /** Each would keep its series, and set another one when it goes off. */
    @Test
    void thereIsOneAlarmAtMost() {
        series.begin(0);
        series.accept(candle(1, 1, false));
        series.hold(1);
        series.accept(candle(3, 1, false));
        Runnable late = timer.getQueue().peek();
        series.begin(1);
        assertThat(timer.getQueue()).hasSize(1).doesNotContain(late);
    }

    /** It went off while a lock was held by who set another one. */
    @Test
    void anAlarmThatWasReplacedSetsNoOther() {
        List<Runnable> alarms = new ArrayList<>();
        RecordedTimer recorded = new RecordedTimer(alarms);
        LiveSeries other = new LiveSeries(INTERVAL, InstantSource.system(), recorded);
        other.begin(0);
        other.accept(candle(1, 1, false));
        other.hold(1);
        other.accept(candle(3, 1, false));
        other.begin(1);
        assertThat(alarms).hasSize(2);
        alarms.get(0).run();
        assertThat(alarms).hasSize(2);
        alarms.get(1).run();
        assertThat(alarms).hasSize(3);
        recorded.shutdownNow();
    }

    /** Nothing goes off by itself. */
    private static final class RecordedTimer extends ScheduledThreadPoolExecutor {

        private final List<Runnable> alarms;

        RecordedTimer(List<Runnable> alarms) {
            super(1);
            this.alarms = alarms;
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            alarms.add(task);
            return super.schedule(task, 1, TimeUnit.DAYS);
        }
    }

    private void subscribe(RecordedSession session, String stream) {
        StreamClient client = StreamClientsTest.client(clients);
        client.onWebSocketOpen(session.session());
        series.add(client, StreamName.parse(stream, intervals).orElseThrow());
    }

    static List<String> names(RecordedSession session) {
        return session.texts.stream()
                .map(
                        text ->
                                number(text, "\"t\":") / MINUTE
                                        + " n"
                                        + number(text, "\"n\":")
                                        + (text.contains("\"x\":true") ? " closed" : ""))
                .toList();
    }

    private static long number(String text, String name) {
        return Long.parseLong(text.split(name)[1].split(",")[0]);
    }

    private static Candle candle(long minute, long count, boolean closed) {
        return CandleBuilder.candle("BTCUSDT", "1m", minute * MINUTE)
                .count(count)
                .closed(closed)
                .build();
    }
}
