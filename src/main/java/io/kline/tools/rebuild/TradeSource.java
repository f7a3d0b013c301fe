package io.kline.tools.rebuild;

import io.kline.model.Trade;
import java.io.IOException;

/** Where trades come from, in the order in which the live job gets those of a symbol. */
interface TradeSource extends AutoCloseable {

    /** Takes the trades one by one. */
    interface Taker {
        void take(Trade trade) throws IOException;
    }

    /** Hands out what is there now and was not handed out before. */
    void readOn(Taker taker) throws IOException;

    @Override
    void close();
}
