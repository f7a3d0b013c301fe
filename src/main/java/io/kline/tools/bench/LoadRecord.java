package io.kline.tools.bench;

/**
 * A record of a load.
 *
 * @param key the symbol
 * @param value the trade event, or what is none
 * @param id of the trade
 * @param time when the trade happened, ms; of one that is late the time of those around it
 * @param kind what is special about it
 */
record LoadRecord(byte[] key, byte[] value, long id, long time, Kind kind) {

    /** What is special about a record. */
    enum Kind {
        /** Nothing: its time is the highest so far. */
        IN_ORDER,
        /** Older than those before it, by less than the allowed lateness. */
        DISORDERED,
        /** Too old for the minute that it belongs to. */
        LATE,
        /** Byte by byte a record of shortly before. */
        DUPLICATE,
        /** No trade. */
        MALFORMED
    }
}
