package io.kline.sink.redis;

import static io.kline.testing.Candles.BTC;
import static io.kline.testing.Candles.ETH;
import static io.kline.testing.Candles.candle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kline.model.Candle;
import io.kline.store.redis.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.exceptions.JedisConnectionException;

@Timeout(60)
class RedisKlineWriterTest {

    private static final long ACCEPTED = 1;
    private static final long SAME = ACCEPTED + 8;

    private static final long MOST_BYTES = 1_000_000;

    private static final Reply SILENCE =
            new Reply.Silence(new JedisConnectionException("connection refused"));

    @Test
    void candlesOfASymbolTravelInOneCallInOrderOfTime() throws Exception {
        FakeRedis redis = FakeRedis.willing();
        try (TestWriter test = TestWriter.on(redis, MOST_BYTES)) {
            test.writeAll(
                    candle(2, 1), candle(1, 2), candle(ETH, "1m", 1, 1), candle(BTC, "1h", 0, 3));

            assertThat(redis.calls).hasSize(2);
            assertThat(redis.calls.get(0))
                    .containsExactlyInAnyOrder(candle(1, 2), candle(2, 1), candle(BTC, "1h", 0, 3))
                    .containsSubsequence(candle(1, 2), candle(2, 1));
            assertThat(redis.calls.get(1)).containsExactly(candle(ETH, "1m", 1, 1));
            assertThat(test.metrics.accepted.getCount()).isEqualTo(4);
        }
    }

    @Test
    void oneBatchIsInFlightAndOnlyTheHighestVersionFollows() throws Exception {
        FakeRedis redis = new FakeRedis(0);
        try (TestWriter test = TestWriter.on(redis, MOST_BYTES)) {
            test.write(candle(1, 1));
            test.until("first batch is taken", () -> redis.permits.hasQueuedThreads());
            for (int n = 2; n <= 50; n++) {
                test.write(candle(1, n));
            }
            test.write(candle(1, 7));
            redis.permits.release(10);
            test.writer.flush(true);

            assertThat(redis.calls).containsExactly(List.of(candle(1, 1)), List.of(candle(1, 50)));
            assertThat(test.metrics.coalesced.getCount()).isEqualTo(49);
        }
    }

    @Test
    void checkpointHoldsWhatIsNotAcknowledgedAndDoesNotWait() throws Exception {
        FakeRedis redis = new FakeRedis(0);
        try (TestWriter test = TestWriter.on(redis, MOST_BYTES)) {
            test.write(candle(1, 5), candle(2, 1));
            test.until("first batch is taken", () -> redis.permits.hasQueuedThreads());
            test.write(candle(2, 2), candle(ETH, "1m", 2, 1));

            assertThat(test.state())
                    .containsExactlyInAnyOrder(candle(1, 5), candle(2, 2), candle(ETH, "1m", 2, 1));

            redis.permits.release(10);
            test.writer.flush(true);
            assertThat(test.state()).isEmpty();
        }
    }

    @Test
    void silenceKeepsEverythingUntilItIsOver() throws Exception {
        FakeRedis redis = FakeRedis.willing();
        redis.behaviour = candles -> SILENCE;
        try (TestWriter test = TestWriter.on(redis, MOST_BYTES)) {
            test.write(candle(1, 1));
            test.until("attempts", () -> redis.calls.size() >= 2);
            test.write(candle(1, 2), candle(2, 1));

            assertThat(test.state()).containsExactlyInAnyOrder(candle(1, 2), candle(2, 1));

            redis.behaviour = FakeRedis::accept;
            test.writer.flush(true);
            assertThat(redis.calls.get(redis.calls.size() - 1))
                    .containsExactly(candle(1, 2), candle(2, 1));
            assertThat(test.metrics.retried.getCount()).isGreaterThanOrEqualTo(2);
            assertThat(test.metrics.blocked.getCount()).isZero();
        }
    }

    @Test
    void unwrittenCandlesOfAnIntervalAreAtMostWhatRedisWouldKeep() throws Exception {
        FakeRedis redis = new FakeRedis(0);
        try (TestWriter test = TestWriter.on(redis, MOST_BYTES)) {
            for (int minute = 1; minute <= 50; minute++) {
                test.write(candle(minute, 1));
            }

            assertThat(test.state())
                    .containsExactlyInAnyOrder(
                            candle(47, 1), candle(48, 1), candle(49, 1), candle(50, 1));
            assertThat(test.metrics.trimmed.getCount()).isEqualTo(46);
        }
    }

    @Test
    void fullMemoryMakesWriteWaitForRoom() throws Exception {
        FakeRedis redis = FakeRedis.willing();
        redis.behaviour = candles -> redis.calls.size() < 4 ? SILENCE : FakeRedis.accept(candles);
        try (TestWriter test = TestWriter.on(redis, 300)) {
            test.write(candle(1, 1), candle(ETH, "1m", 1, 1));
            assertThat(test.metrics.accepted.getCount()).isZero();

            test.write(candle("BNBBTC", "1m", 1, 1));

            assertThat(test.metrics.accepted.getCount()).isPositive();
            test.writer.flush(true);
            assertThat(test.metrics.accepted.getCount()).isEqualTo(3);
        }
    }

    @Test
    void refusedSymbolDoesNotStopTheOthers() throws Exception {
        FakeRedis redis = FakeRedis.willing();
        redis.behaviour =
                candles ->
                        candles.get(0).symbol().equals(BTC)
                                ? new Reply.Refusal("ERR something unheard of")
                                : FakeRedis.accept(candles);
        try (TestWriter test = TestWriter.on(redis, MOST_BYTES)) {
            test.write(candle(1, 1));
            for (int n = 1; n <= 5; n++) {
                long accepted = n;
                test.write(candle(ETH, "1m", 1, n));
                test.until("accepted", () -> test.metrics.accepted.getCount() == accepted);
            }

            assertThat(test.state()).containsExactly(candle(1, 1));
            assertThat(test.metrics.blocked.getCount()).isPositive();
        }
    }

    @Test
    void symbolThatWasRefusedRestsUntilTheRetryAndIsWrittenAtOnceThen() throws Exception {
        FakeRedis redis = FakeRedis.willing();
        redis.behaviour =
                candles ->
                        candles.get(0).symbol().equals(BTC) ? SILENCE : FakeRedis.accept(candles);
        try (TestWriter test = TestWriter.on(redis, MOST_BYTES)) {
            test.write(candle(1, 1), candle(ETH, "1m", 1, 1));
            test.until("first attempt", () -> test.metrics.retried.getCount() == 1);
            test.write(candle(1, 2), candle(2, 1), candle(BTC, "1h", 0, 3));
            redis.behaviour = FakeRedis::accept;
            test.writer.flush(true);

            assertThat(redis.calls).hasSize(3);
            assertThat(redis.calls.get(2))
                    .containsExactlyInAnyOrder(candle(1, 2), candle(2, 1), candle(BTC, "1h", 0, 3))
                    .containsSubsequence(candle(1, 2), candle(2, 1));
        }
    }

    @Test
    void symbolsThatCannotBeAddedAreNotTriedWithoutAPause() throws Exception {
        FakeRedis redis = FakeRedis.willing();
        redis.symbolsReply = new Reply.Refusal("NOPERM no right to run 'sadd'");
        try (TestWriter test = TestWriter.on(redis, MOST_BYTES)) {
            test.write(candle(1, 1));
            test.until("accepted", () -> test.metrics.accepted.getCount() == 1);
            for (int n = 2; n <= 20; n++) {
                long accepted = n;
                test.write(candle(1, n));
                test.until("accepted", () -> test.metrics.accepted.getCount() == accepted);
            }
            int calls = redis.symbolCalls.get();
            assertThat(calls).isLessThan(10);

            redis.symbolsReply = FakeRedis.ADDED;
            test.writer.flush(true);
            assertThat(redis.symbolCalls.get()).isGreaterThan(calls);
        }
    }

    @Test
    void newEpochWritesEverythingKnownTogetherWithWhatIsNew() throws Exception {
        FakeRedis redis = FakeRedis.willing();
        try (TestWriter test = TestWriter.on(redis, MOST_BYTES)) {
            test.writeAll(candle(1, 9), candle(2, 1), candle(ETH, "1m", 2, 1));
            redis.calls.clear();
            redis.behaviour = candles -> new Reply.Unsent();
            redis.epoch = 1;
            test.write(candle(2, 2));
            test.until("held back", () -> !redis.calls.isEmpty());
            redis.behaviour = FakeRedis::accept;
            test.writer.flush(true);

            assertThat(redis.calls)
                    .contains(
                            List.of(candle(1, 9), candle(2, 2)), List.of(candle(ETH, "1m", 2, 1)));
            assertThat(test.metrics.reconnects.getCount()).isEqualTo(1);
            assertThat(test.metrics.rewritten.getCount()).isPositive();
        }
    }

    @Test
    void missingLatestOfAKnownIntervalWritesEverythingKnownOnce() throws Exception {
        FakeRedis redis = FakeRedis.willing();
        redis.behaviour = candles -> FakeRedis.results(candles, 3);
        try (TestWriter test = TestWriter.on(redis, MOST_BYTES)) {
            test.writeAll(candle(1, 1), candle(ETH, "1m", 1, 1));
            assertThat(test.metrics.rewritten.getCount()).isZero();

            redis.calls.clear();
            test.writeAll(candle(1, 2));

            assertThat(redis.calls)
                    .containsExactlyInAnyOrder(
                            List.of(candle(1, 2)),
                            List.of(candle(1, 2)),
                            List.of(candle(ETH, "1m", 1, 1)));
        }
    }

    /** An added interval has no latest kline until its first candle opens, maybe for weeks. */
    @Test
    void correctionsOfASeriesWithoutALatestAreWrittenOnce() throws Exception {
        FakeRedis redis = FakeRedis.willing();
        redis.behaviour = candles -> FakeRedis.results(candles, 3);
        try (TestWriter test = TestWriter.ofCorrections(redis)) {
            test.writeAll(candle(1, 1), candle(2, 1));
            test.writeAll(candle(3, 1));

            assertThat(redis.calls).hasSize(2);
            assertThat(test.metrics.rewritten.getCount()).isZero();

            // It has one now, and loses it: that is a loss.
            redis.behaviour = candles -> FakeRedis.results(candles, 1);
            test.writeAll(candle(4, 1));
            redis.behaviour = candles -> FakeRedis.results(candles, 3);
            redis.calls.clear();
            test.writeAll(candle(5, 1));

            assertThat(redis.calls).hasSize(2);
            assertThat(test.metrics.rewritten.getCount()).isEqualTo(5);
        }
    }

    @Test
    void whatAQuietServerHasLostIsWrittenAgain() throws Exception {
        FakeRedis redis = FakeRedis.willing();
        try (TestWriter test = TestWriter.thatLooks(redis)) {
            redis.behaviour = candles -> FakeRedis.results(candles, SAME);
            test.writeAll(candle(1, 9), candle(2, 1), candle(ETH, "1m", 2, 1));
            test.until("asked", () -> redis.calls.size() > 4);
            assertThat(test.metrics.rewritten.getCount()).isZero();
            redis.calls.clear();
            redis.epoch = 1;

            test.until(
                    "all of it is written again",
                    () ->
                            redis.calls.contains(List.of(candle(1, 9), candle(2, 1)))
                                    && redis.calls.contains(List.of(candle(ETH, "1m", 2, 1))));
            assertThat(test.metrics.reconnects.getCount()).isEqualTo(1);
        }
    }

    @Test
    void whatSomebodyElseHasPutBackInPartIsALossAsWell() throws Exception {
        FakeRedis redis = FakeRedis.willing();
        try (TestWriter test = TestWriter.thatLooks(redis)) {
            redis.behaviour = candles -> FakeRedis.results(candles, ACCEPTED);
            test.writeAll(candle(1, 9));
            test.writeAll(candle(ETH, "1m", 2, 1));
            redis.calls.clear();

            test.until(
                    "all of it is written again",
                    () ->
                            redis.calls.contains(List.of(candle(1, 9)))
                                    && redis.calls.contains(List.of(candle(ETH, "1m", 2, 1))));
        }
    }

    @Test
    void aServerThatHasSomethingNewerIsNotAskedForTheOldOneForEver() throws Exception {
        FakeRedis redis = FakeRedis.willing();
        try (TestWriter test = TestWriter.thatLooks(redis)) {
            redis.behaviour = candles -> FakeRedis.results(candles, SAME);
            test.writeAll(candle(1, 9));
            redis.behaviour = candles -> FakeRedis.results(candles, 0);
            test.until("asked once", () -> test.metrics.stale.getCount() == 1);
            redis.calls.clear();
            Thread.sleep(200);
            test.until("its mails have run", () -> true);

            assertThat(redis.calls).isEmpty();
        }
    }

    @Test
    void candlesOfTheStateOnlyAreNotClaimed() throws Exception {
        FakeRedis redis = FakeRedis.willing();
        TestWriter restored = TestWriter.on(redis, MOST_BYTES, candle(ETH, "1m", 1, 1));
        try (restored) {
            restored.writeAll(candle(1, 1));
            redis.epoch = 1;
            redis.calls.clear();
            restored.writeAll(candle(1, 2));

            assertThat(redis.calls).flatMap(c -> c).extracting(Candle::symbol).containsOnly(BTC);
        }
    }

    @Test
    void serverThatCannotRunTheScriptFailsTheJob() throws Exception {
        FakeRedis redis = FakeRedis.willing();
        redis.behaviour = candles -> new Reply.Refusal("ERR unknown command `EVALSHA`");
        try (TestWriter test = TestWriter.on(redis, MOST_BYTES)) {
            test.write(candle(1, 1));

            assertThatThrownBy(() -> test.writer.flush(true))
                    .rootCause()
                    .hasMessageContaining("unknown command");
        }
    }

    @Test
    void brokenCodeFailsTheJob() throws Exception {
        FakeRedis redis = FakeRedis.willing();
        redis.behaviour =
                candles -> {
                    throw new IllegalStateException("bug");
                };
        try (TestWriter test = TestWriter.on(redis, MOST_BYTES)) {
            test.write(candle(1, 1));

            assertThatThrownBy(() -> test.writer.flush(true)).rootCause().hasMessage("bug");
        }
    }

    @Test
    void closingInterruptsTheBatchAndReleasesTheConnection() throws Exception {
        FakeRedis redis = new FakeRedis(0);
        TestWriter test = TestWriter.on(redis, MOST_BYTES);
        test.write(candle(1, 1));
        test.until("first batch is taken", () -> redis.permits.hasQueuedThreads());

        test.close();

        assertThat(redis.closed).isTrue();
        assertThat(redis.permits.hasQueuedThreads()).isFalse();
    }
}
