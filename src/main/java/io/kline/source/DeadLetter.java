package io.kline.source;

/**
 * A record that is not a valid trade, as it was, with where it came from.
 *
 * @param reason code of the {@link Reason}
 * @param detail what is wrong, for people
 * @param topic where it was read, empty if that is no longer known
 * @param partition where it was read
 * @param offset where it was read
 * @param key the record's key, or null
 * @param value the record's value, or null
 */
public record DeadLetter(
        String reason,
        String detail,
        String topic,
        int partition,
        long offset,
        byte[] key,
        byte[] value) {

    /** Whether it is known where the record was read. */
    public boolean hasSource() {
        return !topic.isEmpty();
    }
}
