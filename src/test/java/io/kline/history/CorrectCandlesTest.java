package io.kline.history;

import static io.kline.testing.Trades.at;
import static io.kline.testing.Trades.trade;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kline.history.Corrected.Stretch;
import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Interval;
import io.kline.model.LateTrade;
import io.kline.model.Ohlcv;
import io.kline.model.Trade;
import io.kline.model.TradeRef;
import io.kline.testing.NaiveCandles;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What late trades do to the stored candles, example by example. */
class CorrectCandlesTest {

    private static final Interval MINUTE = Interval.parse("1m", ZoneOffset.UTC);
    private static final long NOT_KNOWN = Long.MAX_VALUE;
    private static final Trade FIRST = trade("A", 100, "2025-03-04T00:00:10Z", "5", "2", false);
    private static final Trade LAST = trade("A", 200, "2025-03-04T00:06:10Z", "6", "3", true);
    private static final Trade MIDDLE = trade("A", 150, "2025-03-04T00:02:05Z", "9");

    private final CorrectCandles correct = new CorrectCandles(ZoneOffset.UTC);
    private final MemoryCandles table = new MemoryCandles();

    @Test
    void theFirstOfAStoredCandle() throws SQLException {
        store(FIRST, LAST);
        Trade late = trade("A", 99, "2025-03-04T00:00:05Z", "9");
        apply(late(late).with(1));
        assertTable(FIRST, LAST, late);
    }

    @Test
    void theLastOfAStoredCandle() throws SQLException {
        store(FIRST, LAST);
        Trade late = trade("A", 101, "2025-03-04T00:00:15Z", "9");
        apply(late(late).until(minute(6)).with(1));
        assertTable(FIRST, LAST, late);
    }

    @Test
    void whereTheTimeOfTheFirstTradeIsNotKnownTheIdDecides() throws SQLException {
        store(FIRST);
        Candle stored = row(0);
        Ohlcv old = stored.ohlcv();
        table.rows.put(
                stored.key(),
                stored.with(
                        new Ohlcv(
                                new TradeRef(TradeRef.UNKNOWN, old.first().id()),
                                old.last(),
                                old.open(),
                                old.high(),
                                old.low(),
                                old.close(),
                                old.volume(),
                                old.quoteVolume(),
                                old.takerBuyVolume(),
                                old.takerBuyQuoteVolume(),
                                old.count())));
        apply(late(trade("A", 120, "2025-03-04T00:00:05Z", "9")));
        assertThat(row(0).open()).isEqualByComparingTo("5");
        apply(late(trade("A", 90, "2025-03-04T00:00:07Z", "8")));
        assertThat(row(0).open()).isEqualByComparingTo("8");
    }

    @Test
    void anAggregateCountsItsExecutions() throws SQLException {
        store(FIRST, LAST);
        long time = at("2025-03-04T00:00:05Z");
        Trade first = new Trade("A", 10, 12, BigDecimal.TEN, BigDecimal.ONE, time, false);
        Trade second = new Trade("A", 13, 14, BigDecimal.ONE, BigDecimal.ONE, time, true);
        apply(late(first).with(1));
        apply(late(second).with(1));
        assertTable(FIRST, LAST, first, second);
        assertThat(row(0).count()).isEqualTo(6);
    }

    @Test
    void aFlatCandleBecomesTradedAndTheFlatOnesBehindFollow() throws SQLException {
        store(FIRST, LAST);
        Corrected corrected = apply(late(MIDDLE).until(minute(6)).with(0));
        assertTable(FIRST, LAST, MIDDLE);
        assertThat(corrected.carried()).isEqualTo(3);
        assertThat(corrected.candles())
                .extracting(CandleKey::openTime)
                .containsExactly(minute(2), minute(3), minute(4), minute(5));
    }

    /** Of two late trades of before, Redis had as many as the count says when it was taken over. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aCandleThatWasTakenOver(long liveCount) throws SQLException {
        store(FIRST, LAST);
        Trade one = trade("A", 97, "2025-03-04T00:00:04Z", "8");
        Trade another = trade("A", 98, "2025-03-04T00:00:04Z", "8");
        apply(late(one).with(1));
        apply(late(another).with(1));
        Trade first = trade("A", 99, "2025-03-04T00:00:05Z", "9");
        apply(late(first).takenOver(liveCount));
        Trade second = trade("A", 101, "2025-03-04T00:00:15Z", "7");
        apply(late(second).until(minute(6)).takenOver(liveCount));
        assertTable(FIRST, LAST, one, another, first, second);
    }

    /** The topic had the closed candle, and Redis one without its last trade. */
    @Test
    void aTradeThatOnlyTheTopicHadIsNotCountedTwice() throws SQLException {
        Trade last = trade("A", 101, "2025-03-04T00:00:15Z", "9");
        store(FIRST, last, LAST);
        Corrected corrected = apply(late(last).takenOver(1));
        assertTable(FIRST, last, LAST);
        assertThat(corrected.disputes()).containsExactly(new Dispute(key(0), 2, 0, 1));
    }

    @Test
    void theLiveJobCarriesIt() throws SQLException {
        store(FIRST, LAST);
        Corrected corrected = apply(late(MIDDLE).carried());
        assertThat(corrected.carried()).isZero();
        assertThat(row(3).close()).isEqualByComparingTo("5");
    }

    @Test
    void holesBehindItAreFilledAsFarAsItIsCarried() throws SQLException {
        store(LAST);
        apply(late(FIRST).until(minute(2) + 1).with(0));
        assertThat(table.rows.keySet())
                .extracting(CandleKey::openTime)
                .containsExactly(minute(0), minute(1), minute(2), minute(6));
        apply(late(MIDDLE).until(minute(6)).with(0));
        assertTable(FIRST, LAST, MIDDLE);
    }

    @Test
    void flatCandlesBeyondStay() throws SQLException {
        store(FIRST, LAST);
        apply(late(MIDDLE).until(minute(4)));
        assertThat(row(3).close()).isEqualByComparingTo("9");
        assertThat(row(4).close()).isEqualByComparingTo("5");
    }

    @Test
    void withoutStoredCandlesBehindItIsCarriedAsFarAsItGoes() throws SQLException {
        long days = 30 * 86_400_000L;
        Corrected corrected = apply(late(FIRST).until(FIRST.time() + days));
        assertThat(table.rows).hasSize(1 + 43_200);
        assertThat(corrected.carried()).isEqualTo(43_200);
        assertThat(corrected.flats())
                .containsExactly(new Stretch(key(1), minute(0) + days + 60_000));
    }

    @Test
    void whereTheEndIsNotKnownItIsCarriedToTheLastStoredCandle() throws SQLException {
        store(FIRST);
        table.rows.put(key(4), flat(4, FIRST));
        apply(late(trade("A", 101, "2025-03-04T00:00:20Z", "9")).until(NOT_KNOWN));
        assertThat(table.rows).hasSize(5);
        assertThat(row(4).close()).isEqualByComparingTo("9");
    }

    @Test
    void theRevisionIsKept() throws SQLException {
        store(FIRST, LAST);
        for (int i = 2; i <= 3; i++) {
            Candle old = row(i);
            table.rows.put(old.key(), new Candle(old.key(), old.closeTime(), old.ohlcv(), true, 7));
        }
        apply(late(MIDDLE).until(minute(6)));
        assertTable(FIRST, LAST, MIDDLE);
        assertThat(table.rows.values())
                .extracting(Candle::revision)
                .containsExactly(0L, 0L, 7L, 7L, 0L, 0L, 0L);
    }

    @Test
    void aCandleThatItMayNotMake() throws SQLException {
        Corrected corrected = apply(late(FIRST).onlyCorrects());
        assertThat(corrected.withoutCandle()).isEqualTo(1);
        assertThat(table.rows).isEmpty();
        assertThat(table.ledger).isEmpty();
        store(FIRST, LAST);
        Trade late = trade("A", 99, "2025-03-04T00:00:05Z", "9");
        assertThat(apply(late(late).onlyCorrects()).applied()).isEqualTo(1);
        assertTable(FIRST, LAST, late);
    }

    /** Nobody knows which trades there were where a rebuild has not been. */
    @Test
    void flatCandlesBeforeAnAddedIntervalFollowWhereTheyAreStored() throws SQLException {
        store(FIRST, LAST);
        table.rows.remove(key(4));
        apply(late(MIDDLE).until(MIDDLE.time() + 86_400_000).onlyCorrects());
        assertThat(row(2).count()).isEqualTo(1);
        assertThat(row(3).close()).isEqualByComparingTo("9");
        assertThat(row(4)).isNull();
        assertThat(row(5).close()).isEqualByComparingTo("9");
        assertThat(row(6).count()).isEqualTo(1);
    }

    /** The candle of the trade is none that was made: the interval was added behind it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void firstFlatCandlesOfAnAddedIntervalFollowATradeBeforeIt(boolean together)
            throws SQLException {
        store(FIRST, LAST);
        for (int minute = 0; minute < 4; minute++) {
            table.rows.remove(key(minute));
        }
        Trade older = trade("A", 140, "2025-03-04T00:02:01Z", "8");
        long until = MIDDLE.time() + 86_400_000;
        Late first = late(MIDDLE).until(until).onlyCorrects();
        Late second = late(older).until(until).onlyCorrects();
        if (together) {
            apply(second, first);
        } else {
            apply(first);
            apply(second);
        }
        assertThat(table.rows).doesNotContainKeys(key(2), key(3));
        for (int minute = 4; minute < 6; minute++) {
            assertThat(row(minute).ohlcv().last()).isEqualTo(MIDDLE.ref());
            assertThat(row(minute).close()).isEqualByComparingTo("9");
        }
        assertThat(row(6).count()).isEqualTo(1);
        assertThat(table.ledger).isEmpty();
    }

    /** They follow the newest, and the log says so once. */
    @Test
    void flatCandlesThatTwoLateTradesComeTo() throws SQLException {
        store(FIRST, LAST);
        for (int minute = 0; minute < 4; minute++) {
            table.rows.remove(key(minute));
        }
        long until = MIDDLE.time() + 86_400_000;
        Trade older = trade("A", 120, "2025-03-04T00:01:01Z", "8");
        apply(late(MIDDLE).until(until).onlyCorrects(), late(older).until(until).onlyCorrects());
        assertThat(table.changes)
                .filteredOn(change -> change.key().equals(key(4)))
                .extracting(change -> change.before().lastId(), change -> change.after().lastId())
                .containsExactly(tuple(100L, 150L));
    }

    @Test
    void aCandleWithFewerTradesThanTheLiveJobHad() throws SQLException {
        store(FIRST, LAST);
        Trade late = trade("A", 101, "2025-03-04T00:00:15Z", "9");
        Corrected corrected = apply(late(late).until(minute(6)).with(2));
        assertThat(corrected.disputes()).containsExactly(new Dispute(key(0), 1, 0, 2));
        assertThat(corrected.candles()).isEmpty();
        assertThat(table.ledger).isEmpty();
        assertTable(FIRST, LAST);
    }

    @Test
    void aCandleThatIsLost() throws SQLException {
        store(LAST);
        assertThat(apply(late(FIRST).with(2)).disputes())
                .containsExactly(new Dispute(key(0), 0, 0, 2));
        table.rows.put(key(0), flat(0, trade("A", 50, "2025-03-03T23:00:00Z", "5")));
        assertThat(apply(late(FIRST).with(2)).disputes())
                .containsExactly(new Dispute(key(0), 0, 0, 2));
        assertThat(row(0).isFlat()).isTrue();
    }

    @Test
    void aCandleThatWasRebuiltWithItsLateTrades() throws SQLException {
        Trade one = trade("A", 101, "2025-03-04T00:00:15Z", "9");
        Trade two = trade("A", 102, "2025-03-04T00:00:16Z", "8");
        store(FIRST, LAST);
        apply(late(one).with(1));
        store(FIRST, LAST, one, two);
        // Known and new ones of one candle, and another candle that is as it should be.
        Corrected corrected =
                apply(
                        late(one).with(1),
                        late(two).with(1),
                        late(two).with(1),
                        late(MIDDLE).with(0));
        assertThat(corrected.alreadyApplied()).isEqualTo(1);
        assertThat(corrected.applied()).isEqualTo(1);
        assertThat(corrected.disputes()).hasSize(2).containsOnly(new Dispute(key(0), 3, 1, 1));
        assertThat(table.ledger).hasSize(2);
        assertThat(row(0).count()).isEqualTo(3);
    }

    @Test
    void severalOfOneCandleInOneBatchAndAgain() throws SQLException {
        store(FIRST, LAST);
        Trade one = trade("A", 101, "2025-03-04T00:00:15Z", "9");
        Trade two = trade("A", 102, "2025-03-04T00:00:16Z", "8");
        Trade three = trade("A", 103, "2025-03-04T00:00:17Z", "7");
        apply(late(one).with(1), late(two).with(1));
        Corrected corrected = apply(late(two).with(1), late(three).with(1), late(three).with(1));
        assertThat(corrected.disputes()).isEmpty();
        assertThat(corrected.applied()).isEqualTo(1);
        apply(late(three).until(minute(6)).with(1));
        assertTable(FIRST, LAST, one, two, three);
    }

    private Corrected apply(Late... late) throws SQLException {
        return correct.apply(Arrays.stream(late).map(Late::event).toList(), table);
    }

    private void store(Trade... trades) {
        table.write(naive(trades));
    }

    private Candle row(int minute) {
        return table.rows.get(key(minute));
    }

    private void assertTable(Trade... trades) {
        assertThat(table.rows.values())
                .extracting(candle -> NaiveCandles.plain(candle).ohlcv())
                .isEqualTo(naive(trades).stream().map(Candle::ohlcv).toList());
    }

    private static List<Candle> naive(Trade... trades) {
        long last = Arrays.stream(trades).mapToLong(Trade::time).max().orElseThrow();
        return NaiveCandles.of(new ArrayList<>(List.of(trades)), MINUTE, last, NOT_KNOWN);
    }

    private static Candle flat(int minute, Trade basis) {
        return new Candle(
                key(minute), minute(minute + 1) - 1, Ohlcv.flat(basis.price(), basis.ref()), true);
    }

    private static CandleKey key(int minute) {
        return new CandleKey("A", "1m", minute(minute));
    }

    private static long minute(int minute) {
        return at("2025-03-04T00:00:00Z") + minute * 60_000L;
    }

    /** Not carried by the live job, nor from here unless said; may make its candle. */
    private static Late late(Trade trade) {
        return new Late(
                new LateTrade(
                        "1m",
                        MINUTE.openOf(trade.time()),
                        trade,
                        false,
                        0,
                        true,
                        LateTrade.UNKNOWN,
                        false));
    }

    /** Says one by one what a late trade knows. */
    private record Late(LateTrade event) {

        Late carried() {
            return with(true, event.carriedUntil(), event.opens(), event.liveCount(), false);
        }

        Late until(long carriedUntil) {
            return with(event.carried(), carriedUntil, event.opens(), event.liveCount(), false);
        }

        Late onlyCorrects() {
            return with(event.carried(), event.carriedUntil(), false, event.liveCount(), false);
        }

        Late with(long liveCount) {
            return with(event.carried(), event.carriedUntil(), event.opens(), liveCount, false);
        }

        Late takenOver(long liveCount) {
            return with(event.carried(), event.carriedUntil(), event.opens(), liveCount, true);
        }

        private Late with(
                boolean carried, long until, boolean opens, long liveCount, boolean takenOver) {
            return new Late(
                    new LateTrade(
                            event.interval(),
                            event.openTime(),
                            event.trade(),
                            carried,
                            until,
                            opens,
                            liveCount,
                            takenOver));
        }
    }
}
