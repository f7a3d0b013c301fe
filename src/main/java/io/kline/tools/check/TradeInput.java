package io.kline.tools.check;

import java.io.IOException;

/** Where trades come from. */
interface TradeInput extends AutoCloseable {

    /** Adds the records that are there now and have not been added before. */
    void readTo(SpooledTrades spool) throws IOException;

    @Override
    void close();
}
