package io.kline.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kline.query.QueryException;
import io.kline.query.QueryResult;
import io.kline.query.Store;
import io.kline.testing.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CachedSymbolsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    @Test
    void aSymbolThatNoStoreKnowsIsUnknown() {
        CachedSymbols symbols = symbols(Set.of());
        symbols.require("BTCUSDT");
        assertThat(error(symbols, "BTCUSDR").code()).isEqualTo(-1121);
    }

    @Test
    void aSymbolThatAStoreMayKnowWhichIsAwayIsNot() {
        CachedSymbols symbols = symbols(Set.of(Store.MYSQL));
        symbols.require("BTCUSDT");
        ApiError error = error(symbols, "ETHUSDT");
        assertThat(error.status()).isEqualTo(503);
        assertThat(error.code()).isEqualTo(-1001);
        assertThat(error).hasMessageContaining("[MYSQL]");
    }

    /**
     * A failure does not outlive its cause by more than a second, and nobody waits behind another.
     */
    @Test
    void whatFailedIsAskedAgainByOne() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch hangs = new CountDownLatch(1);
        CachedSymbols symbols =
                new CachedSymbols(
                        () -> {
                            if (asked.incrementAndGet() == 1) {
                                throw new QueryException(Map.of(Store.REDIS, "hangs"));
                            }
                            awaitEnd(hangs);
                            return new QueryResult<>(List.of("BTCUSDT"), Set.of());
                        },
                        TIMEOUT);
        assertThatThrownBy(symbols::all).isInstanceOf(QueryException.class);
        Thread.sleep(1_100);
        CompletableFuture<QueryResult<List<String>>> first =
                CompletableFuture.supplyAsync(symbols::all);
        // By the cache's refresh and by the one who asks, in any order.
        Await.until(Duration.ofSeconds(20), "asked", () -> asked.get() > 2);
        assertThatThrownBy(symbols::all).isInstanceOf(QueryException.class);
        hangs.countDown();
        assertThat(first.get(20, TimeUnit.SECONDS).value()).containsExactly("BTCUSDT");
        assertThat(symbols.all().value()).containsExactly("BTCUSDT");
    }

    private static void awaitEnd(CountDownLatch hangs) {
        try {
            hangs.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CachedSymbols symbols(Set<Store> away) {
        return new CachedSymbols(() -> new QueryResult<>(List.of("BTCUSDT"), away), TIMEOUT);
    }

    private static ApiError error(CachedSymbols symbols, String symbol) {
        return catchThrowableOfType(ApiError.class, () -> symbols.require(symbol));
    }
}
