package io.kline.tools.rebuild;

import io.kline.model.CandleKey;
import io.kline.model.Trade;
import java.io.IOException;
import java.util.List;

/** The late trades that the corrector may still have to apply. */
interface Corrections extends AutoCloseable {

    /** Reads on to what is there now. */
    void readOn() throws IOException;

    /** Those of a candle; some of them may be in the ledger by now. */
    List<Trade> of(CandleKey candle);

    @Override
    void close();

    /** Nothing is known of any. */
    static Corrections unknown() {
        return new Corrections() {
            @Override
            public void readOn() {}

            @Override
            public List<Trade> of(CandleKey candle) {
                return List.of();
            }

            @Override
            public void close() {}
        };
    }
}
