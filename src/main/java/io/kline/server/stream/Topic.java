package io.kline.server.stream;

import io.kline.server.api.Intervals;
import java.util.Optional;

/** What a client can subscribe to. */
sealed interface Topic permits StreamName, TickerName {

    /** The name of the stream. */
    String text();

    /** Reads a name. */
    static Optional<Topic> parse(String text, Intervals intervals) {
        return TickerName.parse(text)
                .<Topic>map(name -> name)
                .or(() -> StreamName.parse(text, intervals));
    }
}
