package io.kline.store.heal;

import io.kline.config.RedisSettings;
import io.kline.model.Interval;
import io.kline.store.mysql.MysqlLogin;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * Which histories are kept whole.
 *
 * @param redis where they are
 * @param mysql where all candles are
 * @param intervals those of the live job
 * @param carryFor how long after its last trade a symbol gets candles
 * @param patience how long a latest kline may be missing before the live job is not expected to
 *     write it again
 */
public record HealSettings(
        RedisSettings redis,
        MysqlLogin mysql,
        List<Interval> intervals,
        Duration carryFor,
        Duration patience)
        implements Serializable {

    public HealSettings {
        intervals = List.copyOf(intervals);
    }
}
