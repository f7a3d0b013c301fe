package io.kline.tools.replay;

/**
 * One record for the topic.
 *
 * @param key the symbol, or null where the value does not tell it
 * @param value the bytes of the value
 * @param recordedTime when the trade happened, as recorded, ms; {@link Timeline#UNKNOWN} where the
 *     value does not tell it
 */
record FeedRecord(String key, byte[] value, long recordedTime) {}
