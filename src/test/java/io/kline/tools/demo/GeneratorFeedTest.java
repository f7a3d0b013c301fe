package io.kline.tools.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.store.TradeJson;
import io.kline.tools.replay.Sent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GeneratorFeedTest {

    private static final long START = 1_800_000_000_000L;

    @Test
    void sendsWhatIsDueAndStopsWhenClosed() throws Exception {
        List<String> expected = new ArrayList<>();
        Generator same = new Generator(7, 3, START);
        for (int i = 0; i < 100; i++) {
            Delivery next = same.next();
            expected.add(
                    new String(TradeJson.write(next.trade(), next.time()), StandardCharsets.UTF_8));
        }
        Sent sent = Sent.acknowledged();
        CountDownLatch waiting = new CountDownLatch(1);
        GeneratorFeed feed =
                new GeneratorFeed(
                        new Generator(7, 3, START), sent.topic, clockThatStopsAfter(100, waiting));
        List<String> handedOn = new ArrayList<>();
        feed.onSent(trade -> handedOn.add(trade.symbol()));
        Thread thread = new Thread(feed);

        thread.start();
        waiting.await();
        feed.close();
        thread.join();

        assertThat(sent.values()).isEqualTo(expected);
        assertThat(handedOn)
                .isEqualTo(sent.producer.history().stream().map(each -> each.key()).toList());
        assertThat(sent.producer.history().get(0).key()).isIn("BTCUSDT", "ETHUSDT", "SOLUSDT");
        assertThat(sent.producer.flushed()).isTrue();
        assertThat(sent.producer.closed()).isTrue();
    }

    /** Far ahead of the market for {@code reads} readings, then an hour behind it. */
    private static LongSupplier clockThatStopsAfter(int reads, CountDownLatch stopped) {
        AtomicInteger count = new AtomicInteger();
        return () -> {
            if (count.incrementAndGet() <= reads) {
                return START + 3_600_000;
            }
            stopped.countDown();
            return START - 3_600_000;
        };
    }
}
