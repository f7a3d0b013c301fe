package io.kline.model;

/** What became of a record of the topic of trades. */
public sealed interface Inbound {

    /**
     * It is a trade.
     *
     * @param trade the trade
     * @param raw the record it came in
     * @param present the latest that it can have been when Kafka got the record, ms since the
     *     epoch; or {@link #NOT_KNOWN}
     * @param lag how long the record has waited unread
     */
    record Accepted(Trade trade, RawRecord raw, long present, Lag lag) implements Inbound {

        /** The value of {@link #present} of a record that says nothing of the present. */
        public static final long NOT_KNOWN = Long.MIN_VALUE;

        /** The symbol of the trade. */
        public String symbol() {
            return trade.symbol();
        }
    }

    /**
     * It is none.
     *
     * @param deadLetter the record and the reason
     */
    record Rejected(DeadLetter deadLetter) implements Inbound {}

    /** It is a trade of zero price or quantity, as exchanges publish them. */
    enum Ignored implements Inbound {
        INSTANCE
    }
}
