package io.kline.source;

import io.kline.model.Trade;

/**
 * What one record turned out to be: a trade, a dead letter, or something to ignore (both null).
 *
 * @param trade a valid trade, or null
 * @param deadLetter the invalid record, or null
 */
public record Inbound(Trade trade, DeadLetter deadLetter) {

    /** A trade of zero price or quantity, as exchanges publish them. */
    public static final Inbound IGNORED = new Inbound(null, null);

    public static Inbound of(Trade trade) {
        return new Inbound(trade, null);
    }

    public static Inbound dead(DeadLetter deadLetter) {
        return new Inbound(null, deadLetter);
    }
}
