package io.kline.sink.redis;

import io.kline.store.redis.Call;
import io.kline.store.redis.ChangedCandles;
import io.kline.store.redis.KlineScript;
import io.kline.store.redis.RedisKeys;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Protocol.Command;

/**
 * What goes to Redis together.
 *
 * @param changed candles, each symbol once
 * @param newSymbols symbols to be added to the set of known ones
 */
record Batch(List<ChangedCandles> changed, List<String> newSymbols) {

    static final Batch NONE = new Batch(List.of(), List.of());

    /** Number of candles. */
    int size() {
        return changed.stream().mapToInt(each -> each.candles().size()).sum();
    }

    /**
     * One for the new symbols, if there are any, then a call per symbol, in order: a candle whose
     * symbol is not known would not be found at a start without state.
     */
    List<Call> calls(KlineScript script) {
        List<Call> calls = new ArrayList<>(changed.size() + 1);
        if (!newSymbols.isEmpty()) {
            String[] symbols = newSymbols.toArray(String[]::new);
            calls.add(Call.of(Command.SADD, RedisKeys.SYMBOLS, symbols));
        }
        changed.forEach(each -> calls.add(script.call(each)));
        return calls;
    }
}
