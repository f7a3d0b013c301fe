package io.kline.tools.rebuild;

import io.kline.kafka.StoredCandlesTopic;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.Trade;
import io.kline.store.mysql.RestatedLog.Change;
import io.kline.store.mysql.RestatedLog.Reason;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compares the candles of a range page by page, and repairs them if that is wanted. */
final class Rebuild {

    /** Candles of a page: few enough to lock them briefly. */
    private static final int PAGE = 500;

    /** The longest page of more than one candle, ms: so many minutes may have to be read for it. */
    private static final long LONGEST = 31 * 86_400_000L;

    private final Tables tables;
    private final Recent recent;
    private final StoredCandlesTopic topic;
    private final Findings findings;

    /**
     * @param topic takes what is repaired; null if nothing is to be repaired
     */
    Rebuild(Tables tables, Recent recent, StoredCandlesTopic topic, Findings findings) {
        this.tables = tables;
        this.recent = recent;
        this.topic = topic;
        this.findings = findings;
    }

    /** Does the candles of one symbol and interval. */
    void run(SymbolRebuild symbol, Interval interval, TimeRange range)
            throws SQLException, IOException, InterruptedException {
        long from = range.firstOpen(interval);
        while (interval.nextOpen(from) <= range.to()) {
            long to = from;
            int candles = 0;
            while (interval.nextOpen(to) <= range.to()
                    && candles < PAGE
                    && (candles == 0 || interval.nextOpen(to) - from <= LONGEST)) {
                to = interval.nextOpen(to);
                candles++;
            }
            page(symbol, interval, from, to);
            from = to;
        }
        symbol.staleBehind(interval, from).ifPresent(findings::staleBehind);
    }

    private void page(SymbolRebuild symbol, Interval interval, long from, long to)
            throws SQLException, IOException, InterruptedException {
        List<Difference> found = symbol.compare(interval, from, to, false);
        boolean isRepaired = topic != null && !found.stream().allMatch(Difference::isRefused);
        if (isRepaired) {
            List<Difference> repaired = new ArrayList<>();
            tables.inTransaction(
                    () -> {
                        // Others may have changed something since.
                        repaired.clear();
                        repaired.addAll(symbol.compare(interval, from, to, true));
                        store(repaired, stored(repaired, interval.code(), from, to));
                    });
            toRedis(repaired);
            found = repaired;
        }
        found.forEach(difference -> findings.add(difference, isRepaired));
    }

    /**
     * The topic gets the candles before the table is sure of them: what is repeated after a failure
     * is equal, what was never sent would be missing for ever.
     */
    private void store(List<Difference> differences, Map<Long, Candle> before)
            throws SQLException, IOException, InterruptedException {
        List<Candle> candles = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        for (Difference each : differences) {
            if (each.isRefused()) {
                continue;
            }
            if (each.removed() || each.candle() != null) {
                Candle was = before.get(each.key().openTime());
                changes.add(new Change(Reason.REBUILT, each.key(), was, each.candle()));
            }
            if (each.removed()) {
                tables.delete(each.key());
            }
            for (Trade trade : each.dropped()) {
                tables.deleteEntry(each.key(), trade);
            }
            for (Trade trade : each.added()) {
                tables.addEntry(each.key(), trade);
            }
            if (each.candle() != null) {
                candles.add(each.candle());
            }
        }
        tables.write(candles);
        tables.log(changes.stream().filter(Change::isReal).toList());
        for (Candle candle : candles) {
            topic.send(candle);
        }
        topic.flush();
    }

    /** The rows as they are now; the comparison has locked them. */
    private Map<Long, Candle> stored(List<Difference> differences, String code, long from, long to)
            throws SQLException {
        return differences.isEmpty()
                ? Map.of()
                : tables.candles(differences.get(0).key().symbol(), code, from, to, true);
    }

    /** What Redis lacks is filled in from the table later. */
    private void toRedis(List<Difference> differences) throws InterruptedException {
        List<Difference> due =
                differences.stream().filter(each -> !each.isRefused() && each.isInRedis()).toList();
        recent.write(
                due.stream()
                        .filter(each -> each.candle() != null)
                        .map(Difference::candle)
                        .toList());
        for (Difference each : due) {
            if (each.removed()) {
                recent.remove(each.key());
            }
        }
    }
}
