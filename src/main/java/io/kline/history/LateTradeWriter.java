package io.kline.history;

import io.kline.model.LateTrade;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;

/** Collects late trades until the next checkpoint, whose committer applies them. */
final class LateTradeWriter implements CommittingSinkWriter<LateTrade, LateTrades> {

    private final ZoneOffset offset;
    private final IntervalsByCode intervals;
    private List<LateTrade> trades = new ArrayList<>();

    /**
     * @param offset the zone that candles are aligned in
     */
    LateTradeWriter(ZoneOffset offset) {
        this.offset = offset;
        this.intervals = new IntervalsByCode(offset);
    }

    /**
     * @throws IllegalStateException if the live job aligns its candles in another zone
     */
    @Override
    public void write(LateTrade late, Context context) {
        if (intervals.of(late.interval()).openOf(late.trade().time()) != late.openTime()) {
            throw new IllegalStateException(
                    "kline.zone-offset is "
                            + offset
                            + ", but the candle of a late trade was made with another one: "
                            + late);
        }
        trades.add(late);
    }

    @Override
    public void flush(boolean endOfInput) {
        // Nothing leaves before the checkpoint.
    }

    @Override
    public Collection<LateTrades> prepareCommit() {
        if (trades.isEmpty()) {
            return List.of();
        }
        LateTrades committable = new LateTrades(trades);
        trades = new ArrayList<>();
        return List.of(committable);
    }

    @Override
    public void close() {
        // What was not committed is read from the topic again.
    }
}
