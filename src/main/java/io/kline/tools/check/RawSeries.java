package io.kline.tools.check;

import java.math.BigDecimal;
import java.util.List;

/**
 * What Redis holds of one symbol and interval, at one moment and as it is.
 *
 * @param latest text of the latest kline, or null
 * @param history the members in the order of the sorted set
 */
record RawSeries(String latest, List<Member> history) {

    /** A member of the history. */
    record Member(String kline, BigDecimal score) {}
}
