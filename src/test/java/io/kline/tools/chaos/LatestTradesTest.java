package io.kline.tools.chaos;

import static io.kline.testing.CandleBuilder.candle;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.store.KlineJson;
import io.kline.store.redis.Reply;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ConnectException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LatestTradesTest {

    private static final long OPEN = 60_000;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final SymbolWaits waits = new SymbolWaits(() -> 0);
    private List<Reply> replies;
    private final LatestTrades latest =
            new LatestTrades(
                    calls -> calls.size() == replies.size() ? replies : null,
                    () -> {},
                    waits,
                    new PrintStream(printed, true, UTF_8));

    @AfterEach
    void close() {
        latest.close();
    }

    @Test
    void aSymbolAtRestIsLookedAtAgain() {
        waits.sent("A", OPEN);
        look(kline("A"));
        assertThat(waits.hasSeenAll(0, any -> true)).isTrue();

        look(new Reply.Answer(null));
        assertThat(waits.hasSeenAll(0, any -> true)).as("lost").isFalse();

        look(kline("A"));
        assertThat(waits.hasSeenAll(0, any -> true)).isTrue();
    }

    @Test
    void whoDoesNotAnswerHasLostNothing() {
        waits.sent("A", OPEN);
        look(kline("A"));

        look(new Reply.Silence(new IllegalStateException(new ConnectException())));
        look(new Reply.Refusal("LOADING Redis is loading the dataset in memory"));

        assertThat(waits.hasSeenAll(0, any -> true)).isTrue();
    }

    @Test
    void aTextThatIsNoKlineHidesNoOtherSymbol() {
        waits.sent("A", OPEN);
        waits.sent("B", OPEN);
        look(kline("A"), kline("B"));
        waits.sent("B", OPEN + 1);

        look(new Reply.Answer("nonsense".getBytes(UTF_8)), kline("B", OPEN + 1));
        assertThat(waits.hasSeenAll(0, any -> true)).as("lost").isFalse();
        look(new Reply.Answer("nonsense".getBytes(UTF_8)), kline("B", OPEN + 1));
        look(kline("A"), new Reply.Refusal("LOADING"));

        assertThat(waits.hasSeenAll(0, any -> true)).isTrue();
        assertThat(printed.toString(UTF_8).lines()).singleElement().asString().contains("nonsense");
    }

    @Test
    void anExceptionEndsNoSchedule() {
        waits.sent("A", OPEN);

        look();
        look(kline("A"));

        assertThat(waits.hasSeenAll(0, any -> true)).isTrue();
        assertThat(printed.toString(UTF_8)).contains("NullPointerException");
    }

    private void look(Reply... next) {
        replies = List.of(next);
        latest.look();
    }

    private static Reply kline(String symbol) {
        return kline(symbol, OPEN);
    }

    private static Reply kline(String symbol, long time) {
        return new Reply.Answer(
                KlineJson.write(candle(symbol, "1m", OPEN).last(time, 7).build()).getBytes(UTF_8));
    }
}
