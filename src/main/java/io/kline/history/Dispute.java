package io.kline.history;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.LateTrade;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A stored candle that is not what the live job gave up and the ledger has added: its row was lost,
 * or somebody else has counted late trades in it. A late trade would make it wrong in another way,
 * so it stays as it is until it is rebuilt.
 *
 * @param candle which one
 * @param stored executions that it is stored with
 * @param corrected executions that the ledger has for it
 * @param live executions that the live job had folded into it
 */
record Dispute(CandleKey candle, long stored, long corrected, long live) {

    /**
     * The disputed ones among the candles of late trades.
     *
     * @param added late trades that the ledger does not have
     * @param candles their candles as they are stored; a missing one has no executions
     */
    static Map<CandleKey, Dispute> among(
            List<LateTrade> added, Map<CandleKey, Candle> candles, CandleStore store)
            throws SQLException {
        List<LateTrade> countable =
                added.stream().filter(late -> late.liveCount() != LateTrade.UNKNOWN).toList();
        SortedSet<CandleKey> keys = new TreeSet<>();
        countable.forEach(late -> keys.add(late.candle()));
        Map<CandleKey, Long> corrected = store.corrected(keys);
        Map<CandleKey, Dispute> disputes = new HashMap<>();
        for (LateTrade late : countable) {
            CandleKey key = late.candle();
            Candle candle = candles.get(key);
            Dispute dispute =
                    new Dispute(
                            key,
                            candle == null ? 0 : candle.count(),
                            corrected.getOrDefault(key, 0L),
                            late.liveCount());
            if (!dispute.isResolved(late.takenOver())) {
                disputes.put(key, dispute);
            }
        }
        return disputes;
    }

    /**
     * Whether the numbers agree.
     *
     * @param takenOver whether some of the corrected ones may be among those of the live job: those
     *     that the store had by then from which it took the candle over
     */
    private boolean isResolved(boolean takenOver) {
        return takenOver
                ? stored - corrected <= live && live <= stored
                : stored - corrected == live;
    }
}
