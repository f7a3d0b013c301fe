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
 * {@code duplicates} + {@code undecided} + {@code overlapping} + {@code reused}.
 *
 * <p>A record is the executions that it stands for. What is neither new nor a duplicate becomes a
 * dead letter for people to decide: to fold it might count an execution twice, to drop it might
 * lose one.
 */
public final class DropDuplicates extends KeyedProcessFunction<String, Trade, Trade>
        implements CheckpointedFunction {

    /** Reason of a dead letter so old that nobody remembers whether it came before. */
    public static final String UNDECIDED = "undecided-duplicate";

    /** Reason of a dead letter of which some executions were counted, others not. */
    public static final String OVERLAPPING = "overlapping-executions";

    /**
     * Reason of a dead letter with known ids and a time above all of its symbol: the sequence of
     * ids has begun again, or two trades have one id.
     */
    public static final String REUSED = "id-reused";

    private final List<Interval> intervals;
    private final long remembered;
    private final StoredCandles.Opener earlierCandles;
    private final OutputTag<Inbound> deadLetters;

    private transient StoredCandles stored;
    private transient KeptCounters counters;
    private transient ValueState<SeenIds> state;
    private transient Counter accepted;
    private transient Counter duplicates;
    private transient Counter undecided;
    private transient Counter overlapping;
    private transient Counter reused;

    /**
     * @param intervals whose candles tell which trades an earlier run has folded
     * @param remembered how much older than the newest trade of its symbol a trade may be and still
     *     be told from a duplicate, ms
     * @param earlierCandles leads to those candles, for a start without state
     * @param deadLetters the side output of trades that cannot be decided
     */
    public DropDuplicates(
            List<Interval> intervals,
            long remembered,
            StoredCandles.Opener earlierCandles,
            OutputTag<Inbound> deadLetters) {
        this.intervals = List.copyOf(intervals);
        this.remembered = remembered;
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
        overlapping = counters.counter("overlapping", metrics, "overlapping");
        reused = counters.counter("reused", metrics, "reused");
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
        switch (seen.see(trade.firstId(), trade.lastId(), trade.time(), remembered)) {
            case NEW -> {
                state.update(seen);
                accepted.inc();
                out.collect(trade);
            }
            case DUPLICATE -> duplicates.inc();
            case OVERLAPPING -> {
                overlapping.inc();
                String detail = "some of the executions were counted before";
                context.output(deadLetters, dead(OVERLAPPING, detail, trade));
            }
            case REUSED -> {
                reused.inc();
                String detail = "known ids, but newer than all trades up to " + seen.newest();
                context.output(deadLetters, dead(REUSED, detail, trade));
            }
            case FORGOTTEN -> {
                undecided.inc();
                String detail = "ids up to " + seen.forgottenUpTo() + " are no longer remembered";
                context.output(deadLetters, dead(UNDECIDED, detail, trade));
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
            long newest = found.stream().mapToLong(Candle::lastTime).max().getAsLong();
            state.update(SeenIds.upTo(last, newest));
            out.collect(Trade.sighting(symbol, reached));
        }
    }

    private static Inbound dead(String reason, String detail, Trade trade) {
        return Inbound.dead(
                new DeadLetter(
                        reason,
                        detail,
                        "",
                        -1,
                        -1,
                        trade.symbol().getBytes(UTF_8),
                        TradeJson.write(trade, trade.time())));
    }
}
