package io.kline.tools.check;

import io.kline.model.Trade;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Counts every execution of a symbol once. Takes the trades in the order of the topic. */
final class CountedTrades {

    /** How trades follow each other, whatever the order in which they came. */
    static final Comparator<Trade> ORDER =
            Comparator.comparingLong(Trade::time).thenComparingLong(Trade::id);

    private final NavigableMap<Long, Trade> byLastExecution = new TreeMap<>();
    private final List<Trade> sure = new ArrayList<>();
    private final List<Trade> newer = new ArrayList<>();
    private final Tally setAside = new Tally();
    private long newest = Long.MIN_VALUE;

    /**
     * Takes a trade unless one of its executions has been counted.
     *
     * @param isSure whether it was there when the check began
     */
    void take(Trade trade, boolean isSure) {
        SetAside reason = judge(trade);
        if (reason == null) {
            byLastExecution.put(trade.lastId(), trade);
            newest = Math.max(newest, trade.time());
            (isSure ? sure : newer).add(trade);
        } else if (isSure) {
            setAside.add(reason);
        }
    }

    private SetAside judge(Trade trade) {
        long counted = 0;
        for (Trade other : byLastExecution.tailMap(trade.firstId(), true).values()) {
            if (other.firstId() > trade.lastId()) {
                break;
            }
            counted +=
                    Math.min(other.lastId(), trade.lastId())
                            - Math.max(other.firstId(), trade.firstId())
                            + 1;
        }
        if (counted == 0) {
            return null;
        }
        if (counted < trade.count()) {
            return SetAside.OVERLAPPING;
        }
        return trade.time() > newest ? SetAside.ID_REUSED : SetAside.DUPLICATE;
    }

    SymbolTrades trades() {
        sure.sort(ORDER);
        return new SymbolTrades(List.copyOf(sure), List.copyOf(newer), setAside);
    }
}
