package io.kline.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.store.KlineJson;
import io.kline.store.redis.RedisKeys;
import io.kline.testing.CandleBuilder;
import io.kline.testing.CandleStores;
import io.kline.testing.Servers;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Transaction;

/** Reads while candles move from the latest to the history to MySQL. */
@Timeout(60)
class MovingCandlesITCase {

    private static final String SYMBOL = "MOVING";
    private static final Interval MINUTE = Interval.parse("1m", ZoneOffset.UTC);
    private static final int CANDLES = 1_500;
    private static final int KEPT = 3;
    private static final int MYSQL_IS_BEHIND = 3;

    /** What has been written before a read began. */
    private final AtomicLong written = new AtomicLong(-1);

    @Test
    void noReaderMissesOne() throws Exception {
        try (CandleStores stores =
                        new CandleStores(Servers.redis().address(), Servers.newDatabase());
                CandleQuery query = CandleQuery.open(stores.settings(), () -> Instant.EPOCH)) {
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(stores));
            while (!writer.isDone()) {
                long before = written.get();
                if (before < 0) {
                    continue;
                }
                long oldest = Math.max(0, before - 10);
                check(query, new Range(null, null, 12), oldest, before);
                check(query, new Range(oldest * 60_000, null, 500), oldest, before);
                check(query, new Range(null, before * 60_000, 12), oldest, before);
            }
            writer.get();
        }
    }

    private static void check(CandleQuery query, Range range, long oldest, long newest) {
        QueryResult<List<Candle>> answer = query.range(SYMBOL, MINUTE, range);
        List<Long> minutes =
                answer.value().stream().map(candle -> candle.openTime() / 60_000).toList();
        assertThat(answer.isComplete()).isTrue();
        assertThat(minutes).isNotEmpty();
        assertThat(minutes.get(minutes.size() - 1)).isGreaterThanOrEqualTo(newest);
        for (int i = 1; i < minutes.size(); i++) {
            assertThat(minutes.get(i)).isEqualTo(minutes.get(i - 1) + 1);
        }
        if (range.start() != null) {
            assertThat(minutes.get(0)).isEqualTo(oldest);
        } else {
            assertThat(minutes).hasSize((int) Math.min(12, minutes.get(minutes.size() - 1) + 1));
        }
    }

    private void write(CandleStores stores) {
        try {
            String history = RedisKeys.history(SYMBOL, "1m");
            for (int minute = 0; minute < CANDLES; minute++) {
                if (minute > MYSQL_IS_BEHIND) {
                    stores.toMysql(List.of(candle(minute - MYSQL_IS_BEHIND - 1, true)));
                }
                try (Transaction transaction = stores.redis.multi()) {
                    if (minute > 0) {
                        Candle before = candle(minute - 1, true);
                        transaction.zadd(history, before.openTime(), KlineJson.write(before));
                        transaction.zremrangeByRank(history, 0, -KEPT - 1);
                    }
                    transaction.set(
                            RedisKeys.latest(SYMBOL, "1m"), KlineJson.write(candle(minute, false)));
                    transaction.exec();
                }
                written.set(minute);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Candle candle(long minute, boolean closed) {
        return CandleBuilder.candle(SYMBOL, "1m", minute * 60_000).closed(closed).build();
    }
}
