package io.kline.candle;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.testing.LiveTwin;
import io.kline.testing.NaiveCandles;
import io.kline.testing.RandomMarket;
import io.kline.testing.Seeds;
import io.kline.testing.StoreTwin;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What ends up in the stores depends on the records of a symbol and nothing else. One or two jobs
 * read them; each goes back at random to any of its earlier snapshots, over stores that are
 * further. Merges, watermarks, ticks and the corrector come at random moments.
 */
class AnySnapshotTest {

    private static final int SEEDS = 250;

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000_000, 2_000_000, 3_000_000})
    void theStoresEndAsTheNaiveTwin(long base) {
        Seeds.from(base, SEEDS).forEach(seed -> play(new RandomMarket(seed)));
    }

    private static void play(RandomMarket market) {
        Random random = market.random;
        StoreTwin stores = new StoreTwin(market.seed, market.trades, market.widest());
        List<LiveTwin> jobs =
                Stream.generate(() -> new LiveTwin(market, stores::issue, stores::publish))
                        .limit(1 + random.nextInt(2))
                        .toList();
        while (!jobs.stream().allMatch(LiveTwin::isThrough)) {
            LiveTwin job = market.any(jobs);
            if (!job.isThrough()) {
                job.step();
            }
            stores.pump(random.nextInt(4));
        }
        long end = market.present + random.nextInt(4_000_000);
        jobs.forEach(job -> job.finish(end));
        stores.pump(Integer.MAX_VALUE);
        for (Interval interval : market.intervals) {
            // A tick opens the candle that holds its minute.
            long minute = end / 60_000 * 60_000;
            List<Candle> expected =
                    NaiveCandles.of(market.trades, interval, market.carryFor(), minute, minute);
            assertThat(stores.redis(RandomMarket.SYMBOL, interval))
                    .as("Redis, seed %d, %s", market.seed, interval)
                    .isEqualTo(expected);
            assertThat(stores.mysql(RandomMarket.SYMBOL, interval))
                    .as("MySQL, seed %d, %s", market.seed, interval)
                    .isEqualTo(expected.stream().filter(Candle::closed).toList());
        }
    }
}
