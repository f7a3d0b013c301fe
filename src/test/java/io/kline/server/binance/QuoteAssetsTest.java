package io.kline.server.binance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuoteAssetsTest {

    private final QuoteAssets assets = new QuoteAssets(List.of("USD", "USDT", "BTC"));

    @ParameterizedTest
    @CsvSource({
        "BTCUSDT, BTC, USDT",
        "ETHBTC, ETH, BTC",
        "BTC-USD, BTC, USD",
        "A_BTC, A, BTC",
        "BTC, BTC, ''",
        "USDTUSD, USDT, USD",
        "-USDT, -USDT, ''",
        "DOGEEUR, DOGEEUR, ''",
    })
    void splitsBeforeTheLongestQuoteAsset(String symbol, String base, String quote) {
        assertThat(assets.split(symbol)).isEqualTo(new QuoteAssets.Pair(base, quote));
    }
}
