package io.kline.tools.replay;

/** What became of a line of a file. */
public sealed interface FeedLine permits FeedRecord, SkippedLine {

    /** Its number in the file, from 1. */
    long line();
}
