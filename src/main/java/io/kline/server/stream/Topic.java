package io.kline.server.stream;

import io.kline.server.api.Intervals;
import java.util.Optional;

/** What a client can subscribe to. */
sealed interface Topic permits StreamName, TickerName {

    /** How many weigh 1. */
    int TOPICS_PER_WEIGHT = 50;

    /** The name of the stream. */
    String text();

    /** What it weighs to begin so many of them. */
    static int weight(int topics) {
        return (topics + TOPICS_PER_WEIGHT - 1) / TOPICS_PER_WEIGHT;
    }

    /** Reads a name. */
    static Optional<Topic> parse(String text, Intervals intervals) {
        return TickerName.parse(text)
                .<Topic>map(name -> name)
                .or(() -> StreamName.parse(text, intervals));
    }
}
