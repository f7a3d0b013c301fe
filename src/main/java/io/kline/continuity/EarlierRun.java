package io.kline.continuity;

import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.BooleanSerializer;
import org.apache.flink.runtime.state.FunctionInitializationContext;

/**
 * Whether candles of an earlier run, of whose state nothing is left, may be in the store. Once a
 * job was started without state it stays so over restarts: a quiet symbol may first be met much
 * later.
 */
public final class EarlierRun {

    private static final ListStateDescriptor<Boolean> DESCRIPTOR =
            new ListStateDescriptor<>("started-without-state", BooleanSerializer.INSTANCE);

    private final ListState<Boolean> state;
    private final boolean possible;

    /** Made when the state of an operator is initialized. */
    public EarlierRun(FunctionInitializationContext context) throws Exception {
        state = context.getOperatorStateStore().getUnionListState(DESCRIPTOR);
        boolean found = !context.isRestored();
        for (boolean each : state.get()) {
            found |= each;
        }
        possible = found;
    }

    /** The candles of the earlier run, or none if there was no such run. */
    public StoredCandles open(StoredCandles.Opener opener) {
        return possible ? opener.open() : StoredCandles.none();
    }

    /** Called when a snapshot is taken. */
    public void snapshot() throws Exception {
        state.update(List.of(possible));
    }
}
