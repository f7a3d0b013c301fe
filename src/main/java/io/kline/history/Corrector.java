package io.kline.history;

import io.kline.history.Corrected.Stretch;
import io.kline.kafka.StoredCandlesTopic;
import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.LateTrade;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.flink.api.connector.sink2.Committer;

/**
 * Applies late trades to MySQL once the checkpoint has flushed every candle before them, then sends
 * the candles that changed to the topic.
 *
 * <p>When it fails, Flink restarts the job and hands it the same trades again. What MySQL has by
 * then stays as it is and is sent again.
 */
final class Corrector implements Committer<LateTrades> {

    /** Trades per transaction: enough to save round trips, few enough to lock rows briefly. */
    private static final int TRANSACTION = 1_000;

    /** Candles read at once: as many as fit into one statement and little memory. */
    private static final int PAGE = 1_000;

    /**
     * The newest candle of a series first, so that the flat candles behind it follow once, and not
     * again for every older one.
     */
    private static final Comparator<LateTrade> NEWEST_FIRST =
            Comparator.comparing((LateTrade late) -> late.candle()).reversed();

    private final CorrectCandles correct;
    private final Transactions transactions;
    private final StoredCandlesTopic topic;
    private final CorrectorMetrics metrics;
    private final DisputeLog disputes = new DisputeLog();

    Corrector(
            CorrectCandles correct,
            Transactions transactions,
            StoredCandlesTopic topic,
            CorrectorMetrics metrics) {
        this.correct = correct;
        this.transactions = transactions;
        this.topic = topic;
        this.metrics = metrics;
    }

    @Override
    public void commit(Collection<CommitRequest<LateTrades>> requests)
            throws IOException, InterruptedException {
        List<LateTrade> trades = new ArrayList<>();
        requests.forEach(request -> trades.addAll(request.getCommittable().trades()));
        trades.sort(NEWEST_FIRST);
        Corrected all = new Corrected();
        for (int from = 0; from < trades.size(); from += TRANSACTION) {
            List<LateTrade> some =
                    trades.subList(from, Math.min(from + TRANSACTION, trades.size()));
            Corrected corrected = transactions.run(store -> correct.apply(some, store));
            metrics.committed(corrected);
            disputes.add(corrected.disputes());
            all.add(corrected);
        }
        send(all);
    }

    @Override
    public void close() {
        topic.close();
        transactions.close();
    }

    /** Sends the candles as they are now, which may be newer than what was written. */
    private void send(Corrected corrected) throws IOException, InterruptedException {
        Iterator<CandleKey> keys = corrected.candles().iterator();
        while (keys.hasNext()) {
            SortedSet<CandleKey> page = new TreeSet<>();
            while (keys.hasNext() && page.size() < PAGE) {
                page.add(keys.next());
            }
            send(transactions.run(store -> store.read(page)).values());
        }
        for (Stretch stretch : corrected.flats()) {
            send(stretch);
        }
        topic.flush();
    }

    private void send(Stretch stretch) throws IOException, InterruptedException {
        CandleKey from = stretch.first().at(stretch.first().openTime() - 1);
        List<Candle> page;
        do {
            CandleKey before = from;
            page = transactions.run(store -> store.after(before, PAGE));
            send(page.stream().filter(each -> each.openTime() < stretch.end()).toList());
            if (!page.isEmpty()) {
                from = page.get(page.size() - 1).key();
            }
        } while (page.size() == PAGE && from.openTime() < stretch.end());
    }

    private void send(Collection<Candle> candles) throws IOException, InterruptedException {
        for (Candle candle : candles) {
            topic.send(candle);
        }
    }
}
