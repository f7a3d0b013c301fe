package io.kline.tools.replay;

import io.kline.store.TradeJson;

/**
 * The trade of a row of a csv file.
 *
 * @param symbol null where the file has no column for it
 * @param id of the trade, or of the aggregate
 * @param executions of an aggregate; null of a single trade
 * @param price as it is written
 * @param quantity as it is written
 * @param time ms
 */
record CsvTrade(
        String symbol,
        long id,
        Executions executions,
        String price,
        String quantity,
        long time,
        boolean buyerIsMaker) {

    /** The ids of the first and the last execution of an aggregate. */
    record Executions(long first, long last) {}

    /** The event that goes out for it. */
    byte[] event(String ofSymbol, long atTime) {
        return executions == null
                ? TradeJson.write(ofSymbol, id, price, quantity, atTime, buyerIsMaker, atTime)
                : TradeJson.writeAggregate(
                        ofSymbol,
                        id,
                        price,
                        quantity,
                        executions.first,
                        executions.last,
                        atTime,
                        buyerIsMaker,
                        atTime);
    }
}
