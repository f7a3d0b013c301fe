package io.kline.tools.replay;

/**
 * One record for the topic.
 *
 * @param key the symbol, or null where the value does not say it
 * @param value the bytes of the value
 * @param position when it is due, ms after the first trade; {@link Timeline#UNKNOWN} where the
 *     value does not say it
 */
public record FeedRecord(long line, String key, byte[] value, long position) implements FeedLine {}
