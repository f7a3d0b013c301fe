package io.kline.tools.check;

import io.kline.model.Trade;

/**
 * What a record of the topic is.
 *
 * @param trade or null
 * @param setAside why it is no trade that counts, or null
 * @param symbol whose it is; empty when it does not say
 */
record ClassifiedRecord(Trade trade, SetAside setAside, String symbol) {

    static ClassifiedRecord of(Trade trade) {
        return new ClassifiedRecord(trade, null, trade.symbol());
    }

    static ClassifiedRecord setAside(SetAside reason, String symbol) {
        return new ClassifiedRecord(null, reason, symbol);
    }
}
