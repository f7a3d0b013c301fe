package io.kline.tools.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;

class ReplayTest {

    private static final String THREE =
            "A,1,2,3,1741046404000,true\nA,2,2,3,1741046404250,true\nA,3,2,3,1741046404100,true\n";

    /** Jumps to whatever is waited for and remembers it. */
    private static final class JumpingClock implements FeedClock {

        private final List<Long> waits = new ArrayList<>();
        private long now = 7;

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void await(long nanos) {
            waits.add((nanos - 7) / 1_000_000);
            now = Math.max(now, nanos);
        }
    }

    private final Sent sent = Sent.acknowledged();
    private final JumpingClock clock = new JumpingClock();

    @Test
    void recordedPaceFollowsTheTimesOfTheTrades() throws Exception {
        replay(THREE, Pace.recorded(), sent).run();

        assertThat(clock.waits).containsExactly(0L, 250L, 100L);
        assertThat(sent.topic.acknowledged()).isEqualTo(3);
        assertThat(sent.values()).hasSize(3).first().asString().contains("\"t\":1,");
    }

    @Test
    void aRateSpreadsRecordsEvenly() throws Exception {
        replay(THREE, Pace.parse("4"), sent).run();

        assertThat(clock.waits).containsExactly(0L, 250L, 500L);
    }

    @Test
    void maxNeverWaits() throws Exception {
        replay(THREE, Pace.parse("max"), sent).run();

        assertThat(clock.now).isEqualTo(7);
    }

    @Test
    void aRateIsAPositiveNumberOrMax() {
        for (String text : List.of("0", "-1", "fast", "", "NaN", "Infinity")) {
            assertThatThrownBy(() -> Pace.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + text + "'");
        }
    }

    @Test
    void recordsBeforeABadRowAreSent() {
        assertThatThrownBy(() -> replay(THREE + "A,x", Pace.max(), sent).run())
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("line 4, column 2 (trade_id): 'x'");
        assertThat(sent.topic.acknowledged()).isEqualTo(3);
    }

    @Test
    void aFailedSendEndsTheReplay() throws Exception {
        Sent silent = Sent.silent();
        Replay replay = replay(THREE, (index, time) -> failSecond(silent, index), silent);

        assertThatThrownBy(replay::run)
                .isInstanceOf(FeedException.class)
                .hasMessage("sending to topic 'trades' failed: RecordTooLargeException: too large");
        assertThat(silent.topic.acknowledged()).isEqualTo(1);
    }

    private static long failSecond(Sent topic, long index) {
        if (index == 2) {
            topic.producer.completeNext();
            topic.producer.errorNext(new RecordTooLargeException("too large"));
        }
        return 0;
    }

    @Test
    void progressTellsRateAndWait() {
        assertThat(ReplayProgress.line(1_500_000, 100_000, 0))
                .isEqualTo("1,500,000 records sent, 100,000 per s");
        assertThat(ReplayProgress.line(1, 0, 14_400))
                .isEqualTo("1 records sent, 0 per s, the next is due in 14,400 s");
    }

    private Replay replay(String csv, Pace pace, Sent to) {
        FeedFile file =
                new FeedFile(
                        "t.csv", new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)));
        Timeline timeline = new Timeline(() -> 1_800_000_000_000L, false);
        return new Replay(new CsvTrades("t.csv", file, null, timeline), pace, to.topic, clock);
    }
}
