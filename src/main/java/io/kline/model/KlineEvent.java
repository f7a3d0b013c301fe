package io.kline.model;

/** An event of the {@code klines} topic. */
public sealed interface KlineEvent {

    /** Whose event; the key of its record. */
    String symbol();

    /**
     * A candle that the live job has closed, or changed after it had closed it.
     *
     * @param candle a closed candle
     */
    record Closed(Candle candle) implements KlineEvent {
        @Override
        public String symbol() {
            return candle.symbol();
        }
    }

    /**
     * A candle of the table of all history that late trades have corrected.
     *
     * @param candle as it is stored
     */
    record Corrected(Candle candle) implements KlineEvent {
        @Override
        public String symbol() {
            return candle.symbol();
        }
    }

    /**
     * A trade for the corrector.
     *
     * @param late the trade and the candle that it missed
     */
    record Late(LateTrade late) implements KlineEvent {
        @Override
        public String symbol() {
            return late.trade().symbol();
        }
    }
}
