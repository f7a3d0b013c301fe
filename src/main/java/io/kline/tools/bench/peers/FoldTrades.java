package io.kline.tools.bench.peers;

import io.kline.model.Inbound.Accepted;
import org.apache.flink.api.common.functions.AggregateFunction;

/** Folds the trades of a window one by one. */
final class FoldTrades implements AggregateFunction<Accepted, Bar, Bar> {

    @Override
    public Bar createAccumulator() {
        return new Bar();
    }

    @Override
    public Bar add(Accepted accepted, Bar bar) {
        bar.add(accepted.trade());
        return bar;
    }

    @Override
    public Bar getResult(Bar bar) {
        return bar;
    }

    @Override
    public Bar merge(Bar one, Bar other) {
        throw new UnsupportedOperationException("tumbling windows never merge");
    }
}
