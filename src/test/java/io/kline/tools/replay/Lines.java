package io.kline.tools.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What is read of contents that tests write down. */
final class Lines {

    /** The present of all timelines here. */
    static final long NOW = 1_800_000_000_000L;

    private Lines() {}

    static Timeline timeline(boolean rebase) {
        return new Timeline(() -> NOW, rebase, jump -> {});
    }

    static RecordSource csv(
            String name, String content, CsvLayout layout, String symbol, Timeline timeline)
            throws IOException {
        FeedFile file = new FeedFile(name, new ByteArrayInputStream(content.getBytes(UTF_8)));
        return new CsvTrades(name, file, layout, symbol, timeline);
    }

    static List<FeedLine> all(RecordSource source) throws IOException {
        List<FeedLine> lines = new ArrayList<>();
        for (FeedLine next = source.next(); next != null; next = source.next()) {
            lines.add(next);
        }
        return lines;
    }

    static List<FeedRecord> records(RecordSource source) throws IOException {
        return all(source).stream().map(FeedRecord.class::cast).toList();
    }

    static String text(FeedLine line) {
        return new String(((FeedRecord) line).value(), UTF_8);
    }
}
