package io.kline.tools.replay;

/** When each record of a replay may go. */
interface ReplayPace {

    /**
     * @param index of the record, from 0
     * @param position ms after the first trade, or {@link Timeline#UNKNOWN}
     * @return ns after the start of the replay; what is past already goes at once
     */
    long due(long index, long position);

    /** As fast as Kafka takes them. */
    static ReplayPace max() {
        return (index, position) -> 0;
    }

    /** So many records per second, evenly. */
    static ReplayPace perSecond(double records) {
        return (index, position) -> (long) (index * 1e9 / records);
    }

    /** As recorded; a record whose time is unknown follows the one before it at once. */
    static ReplayPace recorded() {
        return (index, position) -> position * 1_000_000;
    }

    /**
     * Reads {@code max} or a number of records per second.
     *
     * @throws IllegalArgumentException if it is neither
     */
    static ReplayPace parse(String text) {
        if (text.equals("max")) {
            return max();
        }
        try {
            double records = Double.parseDouble(text);
            if (records > 0 && records <= 1e9) {
                return perSecond(records);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(notARate(text), e);
        }
        throw new IllegalArgumentException(notARate(text));
    }

    private static String notARate(String text) {
        return "'" + text + "' is neither 'max' nor a number of records per second above 0";
    }
}
