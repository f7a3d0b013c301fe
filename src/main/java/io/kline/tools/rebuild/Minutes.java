package io.kline.tools.rebuild;

import io.kline.model.Candle;
import io.kline.model.Ohlcv;
import io.kline.model.Trade;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * What the minutes of a symbol hold: the candles of every interval are made of whole minutes. What
 * it answers is of the moment of the last {@link #readOn}.
 */
interface Minutes {

    /**
     * Reads on to what is there now. Candles and ledger must have been read before, so that all
     * that they hold is known.
     *
     * @param from of the minutes that will be asked about, ms
     * @param to their end, ms
     * @param isLocked whether stored ones stay as they are until the transaction ends
     */
    void readOn(long from, long to, boolean isLocked) throws IOException, SQLException;

    /** The contents of minutes with trades, by open time, ms. */
    NavigableMap<Long, Ohlcv> traded();

    /** The flat content behind the last trade before these minutes, or null. */
    Ohlcv before();

    /** Whether it is known, and not only stored, which trade was the last before a time, ms. */
    boolean isKnownBefore(long time);

    /** The first minute with trades that opens at this time or later, ms, or MAX_VALUE. */
    long nextTraded(long from) throws SQLException;

    /** The trades of a candle that the live job left to the corrector. */
    List<Trade> late(long open, long end);

    /** Whether the minutes hold a trade that the ledger has. */
    boolean has(Trade corrected);

    /**
     * Why a candle cannot be made, if so.
     *
     * @param stored what both stores have of it
     */
    Optional<String> refusal(long open, long end, List<Candle> stored);
}
