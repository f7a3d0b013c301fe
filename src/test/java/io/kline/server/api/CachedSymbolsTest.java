package io.kline.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kline.query.QueryResult;
import io.kline.query.Store;
import java.time.Duration;
import java.util.List;
import java.util.Set;
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

    private static CachedSymbols symbols(Set<Store> away) {
        return new CachedSymbols(() -> new QueryResult<>(List.of("BTCUSDT"), away), TIMEOUT);
    }

    private static ApiError error(CachedSymbols symbols, String symbol) {
        return catchThrowableOfType(ApiError.class, () -> symbols.require(symbol));
    }
}
