package io.kline.dedupe;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kline.model.Trade;
import io.kline.source.DeadLetter;
import io.kline.source.Inbound;
import io.kline.state.Types;
import io.kline.store.TradeJson;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
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
public final class DropDuplicates extends KeyedProcessFunction<String, Trade, Trade> {

    /** The dead letter's reason. */
    public static final String UNDECIDED = "undecided-duplicate";

    private final OutputTag<Inbound> deadLetters;

    private transient ValueState<SeenIds> state;
    private transient Counter accepted;
    private transient Counter duplicates;
    private transient Counter undecided;

    /**
     * @param deadLetters the side output of trades that cannot be decided
     */
    public DropDuplicates(OutputTag<Inbound> deadLetters) {
        this.deadLetters = deadLetters;
    }

    @Override
    public void open(OpenContext context) {
        state = getRuntimeContext().getState(new ValueStateDescriptor<>("seen", Types.SEEN_IDS));
        var metrics = getRuntimeContext().getMetricGroup();
        accepted = metrics.counter("accepted");
        duplicates = metrics.counter("duplicates");
        undecided = metrics.counter("undecided");
    }

    @Override
    public void processElement(Trade trade, Context context, Collector<Trade> out)
            throws Exception {
        SeenIds seen = state.value();
        if (seen == null) {
            seen = new SeenIds();
        }
        switch (seen.see(trade.id())) {
            case NEW -> {
                state.update(seen);
                accepted.inc();
                out.collect(trade);
            }
            case DUPLICATE -> duplicates.inc();
            case FORGOTTEN -> {
                undecided.inc();
                context.output(deadLetters, Inbound.dead(deadLetter(trade, seen)));
            }
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
