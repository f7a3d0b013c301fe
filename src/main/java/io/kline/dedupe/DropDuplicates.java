package io.kline.dedupe;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kline.continuity.StoredCandles;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.Trade;
import io.kline.source.DeadLetter;
import io.kline.source.Inbound;
import io.kline.state.KeptCounters;
import io.kline.state.Types;
import io.kline.store.TradeJson;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Passes a trade on the first time it comes. Counts every valid trade once: {@code accepted} +
 * {@code duplicates} + {@code undecided}.
 *
 * <p>A trade so old that nobody remembers whether it came before is neither folded, which might
 * count it twice, nor dropped, which might lose it: it becomes a dead letter for people to decide.
 */
public final class DropDuplicates extends KeyedProcessFunction<String, Trade, Trade>
        implements CheckpointedFunction {

    /** The dead letter's reason. */
    public static final String UNDECIDED = "undecided-duplicate";

    private final List<Interval> intervals;
    private final StoredCandles.Opener earlierCandles;
    private final OutputTag<Inbound> deadLetters;

    private transient StoredCandles stored;
    private transient KeptCounters counters;
    private transient ValueState<SeenIds> state;
    private transient Counter accepted;
    private transient Counter duplicates;
    private transient Counter undecided;

    /**
     * @param intervals whose candles tell which trades an earlier run has folded
     * @param earlierCandles leads to those candles, for a start without state
     * @param deadLetters the side output of trades that cannot be decided
     */
    public DropDuplicates(
            List<Interval> intervals,
            StoredCandles.Opener earlierCandles,
            OutputTag<Inbound> deadLetters) {
        this.intervals = List.copyOf(intervals);
        this.earlierCandles = earlierCandles;
        this.deadLetters = deadLetters;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        stored = earlierCandles.open(getRuntimeContext().getJobInfo().getJobId().toString());
        counters = new KeptCounters(context.getOperatorStateStore());
        MetricGroup metrics = getRuntimeContext().getMetricGroup();
        accepted = counters.counter("accepted", metrics, "accepted");
        duplicates = counters.counter("duplicates", metrics, "duplicates");
        undecided = counters.counter("undecided", metrics, "undecided");
    }

    @Override
    public void open(OpenContext context) {
        state = getRuntimeContext().getState(new ValueStateDescriptor<>("seen", Types.SEEN_IDS));
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        counters.snapshot();
    }

    @Override
    public void close() {
        if (stored != null) {
            stored.close();
        }
    }

    @Override
    public void processElement(Trade trade, Context context, Collector<Trade> out)
            throws Exception {
        SeenIds seen = state.value();
        if (trade.isSighting()) {
            takeOver(trade, out);
            return;
        }
        if (seen == null) {
            seen = new SeenIds();
        }
        switch (seen.see(trade.id())) {
            case NEW -> {
                state.update(seen);
                accepted.inc();
                out.collect(trade);
            }
            case DUPLICATE -> {
                state.update(seen);
                duplicates.inc();
            }
            case FORGOTTEN -> {
                undecided.inc();
                context.output(deadLetters, Inbound.dead(deadLetter(trade, seen)));
            }
        }
    }

    /**
     * Ids grow per symbol: what is not after the last trade of the stored candles is in them.
     * Passes on how far they reach.
     */
    private void takeOver(Trade sighting, Collector<Trade> out) throws Exception {
        String symbol = sighting.symbol();
        List<Candle> found = stored.newest(symbol, intervals, sighting.time());
        if (!found.isEmpty()) {
            long last = found.stream().mapToLong(Candle::lastId).max().getAsLong();
            long reached = found.stream().mapToLong(Candle::openTime).max().getAsLong();
            state.update(SeenIds.upTo(last));
            out.collect(Trade.sighting(symbol, reached));
        }
    }

    private static DeadLetter deadLetter(Trade trade, SeenIds seen) {
        return new DeadLetter(
                UNDECIDED,
                "ids up to " + seen.forgottenUpTo() + " are no longer remembered",
                "",
                -1,
                -1,
                trade.symbol().getBytes(UTF_8),
                TradeJson.write(trade, trade.time()));
    }
}
