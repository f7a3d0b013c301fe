package io.kline.tools.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.TopicAuthorizationException;
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
    private final StringWriter err = new StringWriter();
    private final ReplayReport report = new ReplayReport(new PrintWriter(err), false);

    @Test
    void recordedPaceFollowsTheTimesOfTheTrades() throws Exception {
        replay(THREE, ReplayPace.recorded(), sent).run();

        assertThat(clock.waits).containsExactly(0L, 250L, 250L);
        assertThat(sent.topic.acknowledged()).isEqualTo(3);
        assertThat(sent.values()).hasSize(3).first().asString().contains("\"t\":1,");
    }

    @Test
    void aRateSpreadsRecordsEvenly() throws Exception {
        replay(THREE, ReplayPace.parse("4"), sent).run();

        assertThat(clock.waits).containsExactly(0L, 250L, 500L);
    }

    @Test
    void maxNeverWaits() throws Exception {
        replay(THREE, ReplayPace.parse("max"), sent).run();

        assertThat(clock.now).isEqualTo(7);
    }

    @Test
    void aRateIsAPositiveNumberOrMax() {
        for (String text : List.of("0", "-1", "fast", "", "NaN", "Infinity")) {
            assertThatThrownBy(() -> ReplayPace.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'" + text + "'");
        }
    }

    @Test
    void linesThatAreNoTradesAreCountedAndTheFirstOnesListed() throws Exception {
        String rows =
                THREE + "A,x\n".repeat(1_200) + "A,4,0.1234567890123456789,3,1741046404250,true\n";
        replay(rows, ReplayPace.max(), sent).run();
        report.print();

        assertThat(report.isClean()).isFalse();
        assertThat(sent.topic.acknowledged()).isEqualTo(4);
        assertThat(err.toString().lines())
                .containsExactly(
                        "1,201 lines are no trades: 1,200 bad row, 1 too-many-digits",
                        "  line 4: bad row: column 2 (trade_id): 'x' is not a trade id; not sent",
                        "  line 5: bad row: column 2 (trade_id): 'x' is not a trade id; not sent",
                        "  line 6: bad row: column 2 (trade_id): 'x' is not a trade id; not sent",
                        "  line 7: bad row: column 2 (trade_id): 'x' is not a trade id; not sent",
                        "  line 8: bad row: column 2 (trade_id): 'x' is not a trade id; not sent",
                        "  … and 1,196 more");
    }

    @Test
    void whatTheJobWillDeadLetterIsSentAndNamed() throws Exception {
        String lines =
                "{\"e\":\"aggTrade\",\"s\":\"A\",\"a\":1,\"p\":\"0\",\"q\":\"0\",\"f\":-1,\"l\":-1,"
                        + "\"T\":1741046404000,\"m\":true}\n"
                        + "no\u001b trade\n"
                        + "{\"e\":\"trade\",\"s\":\"A\",\"t\":1,\"p\":\"1\",\"T\":1741046404000,\"m\":true}\n"
                        + "{\"e\":\"kline\"}\n";
        replay(
                        new JsonLines(
                                new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)),
                                Lines.timeline(false)),
                        ReplayPace.max(),
                        sent)
                .run();
        report.print();

        assertThat(sent.values()).isEqualTo(lines.lines().toList());
        assertThat(err.toString())
                .contains("3 lines are no trades: 1 missing-field, 1 not-json, 1 unknown-event")
                .contains("  line 3: missing-field: field q is missing; sent, for the dead letters")
                .doesNotContain("line 1", "\u001b");
    }

    @Test
    void aTopicOfTradesAloneIsClean() throws Exception {
        replay(THREE, ReplayPace.max(), sent).run();
        report.print();

        assertThat(report.isClean()).isTrue();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aFailedSendEndsTheReplay() throws Exception {
        Sent silent = Sent.silent();
        Replay replay = replay(THREE, (index, time) -> failSecond(silent, index), silent);

        assertThatThrownBy(replay::run)
                .isInstanceOf(FeedException.class)
                .hasMessage(
                        "sending to topic 'trades' failed: TopicAuthorizationException: no right");
        assertThat(silent.topic.acknowledged()).isEqualTo(1);
    }

    private static long failSecond(Sent topic, long index) {
        if (index == 2) {
            topic.producer.completeNext();
            topic.producer.errorNext(new TopicAuthorizationException("no right"));
        }
        return 0;
    }

    @Test
    void timesThatCannotBeShiftedAreReported() throws Exception {
        for (String time : new String[] {"5000000", Long.toString(Lines.NOW + 1)}) {
            StringWriter text = new StringWriter();
            ReplayReport rebased = new ReplayReport(new PrintWriter(text), true);
            String rows = THREE.replaceAll("17410464\\d+", time);
            new Replay(
                            Lines.csv("t.csv", rows, null, null, Lines.timeline(true)),
                            ReplayPace.max(),
                            sent.topic,
                            clock,
                            rebased)
                    .run();
            rebased.print();

            assertThat(rebased.isClean()).isFalse();
            assertThat(text.toString())
                    .contains("--rebase has not shifted 3 times, from line 1 on");
        }
    }

    @Test
    void progressHasRateAndWait() {
        assertThat(Replay.progress(1_500_000, 100_000, 0))
                .isEqualTo("1,500,000 records sent, 100,000 per s");
        assertThat(Replay.progress(1, 0, 14_400))
                .isEqualTo("1 records sent, 0 per s, the next is due in 14,400 s");
    }

    private Replay replay(String csv, ReplayPace pace, Sent to) throws IOException {
        return replay(Lines.csv("t.csv", csv, null, null, Lines.timeline(false)), pace, to);
    }

    private Replay replay(RecordSource source, ReplayPace pace, Sent to) {
        return new Replay(source, pace, to.topic, clock, report);
    }
}
