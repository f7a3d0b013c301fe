package io.kline.model;

/**
 * A record of the topic of trades as it came.
 *
 * @param partition where it was read
 * @param offset its place there
 * @param key bytes of the key, or null
 * @param value bytes of the value, or null
 */
public record RawRecord(int partition, long offset, byte[] key, byte[] value) {}
