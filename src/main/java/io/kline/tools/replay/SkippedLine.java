package io.kline.tools.replay;

/**
 * A line that no record can be made of.
 *
 * @param reason a few words by which lines are counted
 * @param detail what is wrong, for a human
 */
public record SkippedLine(long line, String reason, String detail) implements FeedLine {}
