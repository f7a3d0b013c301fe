package io.kline.tools.check;

import io.kline.model.Trade;

/**
 * What a record of the topic is.
 *
 * @param trade or null
 * @param setAside why it is no trade that counts, or null
 * @param symbol whose it is; empty when it does not say
 */
record Reading(Trade trade, SetAside setAside, String symbol) {

    static Reading of(Trade trade) {
        return new Reading(trade, null, trade.symbol());
    }

    static Reading setAside(SetAside reason, String symbol) {
        return new Reading(null, reason, symbol);
    }
}
