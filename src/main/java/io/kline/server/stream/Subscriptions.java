package io.kline.server.stream;

/**
 * Leads clients to the streams that they want.
 *
 * @param candles those of candles
 * @param tickers those of tickers
 */
record Subscriptions(Streams candles, TickerStreams tickers) {

    void subscribe(StreamClient client, Topic topic) {
        if (topic instanceof TickerName name) {
            tickers.subscribe(client, name);
        } else if (topic instanceof StreamName name) {
            candles.subscribe(client, name);
        }
    }

    void unsubscribe(StreamClient client, Topic topic) {
        if (topic instanceof TickerName name) {
            tickers.unsubscribe(client, name);
        } else if (topic instanceof StreamName name) {
            candles.unsubscribe(client, name);
        }
    }

    /** Does later what a client that is gone leaves to be done. */
    void leave(Runnable unsubscribeAll) {
        candles.leave(unsubscribeAll);
    }
}
