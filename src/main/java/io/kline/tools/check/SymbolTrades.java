package io.kline.tools.check;

import io.kline.model.Trade;
import java.util.List;
import java.util.stream.Stream;

/**
 * The trades of a symbol that count.
 *
 * @param sure were there when the check began, by (time, id): the stores must have them
 * @param newer came after that, in the order in which they came: the stores may have the first ones
 *     of them
 * @param setAside what else there was when the check began
 */
record SymbolTrades(List<Trade> sure, List<Trade> newer, Tally setAside) {

    /** The candles there must be. */
    Stretches required(long carryFor) {
        return stretches(sure.stream(), carryFor);
    }

    /** The candles there may be. */
    Stretches allowed(long carryFor) {
        return stretches(Stream.concat(sure.stream(), newer.stream()), carryFor);
    }

    private static Stretches stretches(Stream<Trade> trades, long carryFor) {
        Stretches stretches = new Stretches(carryFor);
        trades.forEach(trade -> stretches.add(trade.time()));
        return stretches;
    }
}
