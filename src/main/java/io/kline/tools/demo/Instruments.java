package io.kline.tools.demo;

import java.math.BigDecimal;
import java.util.List;

/** The instruments of the made-up market, the most active first. */
final class Instruments {

    /** Base asset, price in dollars with the fraction digits of the tick, the lot. */
    private static final List<String> ASSETS =
            List.of(
                    "BTC 104250.00 0.00001",
                    "ETH 3420.00 0.0001",
                    "SOL 168.40 0.001",
                    "XRP 2.3150 0.1",
                    "DOGE 0.17850 1",
                    "BNB 985.20 0.001",
                    "PEPE 0.00000624 1",
                    "ADA 0.5730 0.1",
                    "SUI 2.0480 0.1",
                    "TRX 0.2963 0.1",
                    "LINK 15.870 0.01",
                    "AVAX 17.420 0.01",
                    "LTC 101.35 0.001",
                    "BCH 512.60 0.001",
                    "TON 2.0310 0.01",
                    "SHIB 0.00000978 1",
                    "DOT 3.2410 0.01",
                    "NEAR 2.7360 0.1",
                    "UNI 8.1940 0.01",
                    "AAVE 203.70 0.001",
                    "HBAR 0.17820 1",
                    "APT 3.2890 0.01",
                    "ICP 6.4520 0.01",
                    "ETC 16.230 0.01",
                    "XLM 0.2815 1",
                    "ARB 0.2774 0.1",
                    "OP 0.4246 0.01",
                    "FIL 2.3460 0.01",
                    "ATOM 3.0120 0.01",
                    "INJ 7.6850 0.01",
                    "TIA 1.0430 0.01",
                    "SEI 0.17940 0.1",
                    "WIF 0.4918 0.01",
                    "BONK 0.00001283 1",
                    "FLOKI 0.00006412 1",
                    "LDO 0.8670 0.01",
                    "CRV 0.4821 0.1",
                    "RUNE 0.9240 0.1",
                    "GALA 0.01042 1",
                    "SAND 0.2037 1",
                    "ALGO 0.1768 1",
                    "VET 0.01694 0.1",
                    "GRT 0.0628 1",
                    "MKR 1724.0 0.0001",
                    "DYDX 0.3124 0.01",
                    "SNX 1.1830 0.1",
                    "COMP 35.640 0.001",
                    "ZIL 0.00752 0.1",
                    "KSM 11.930 0.001",
                    "DASH 68.510 0.001");

    private static final List<String> QUOTES = List.of("USDT", "USDC", "FDUSD", "TUSD");

    /** Every asset against the first dollar, then against the others. */
    static final List<Instrument> ALL =
            QUOTES.stream().flatMap(quote -> ASSETS.stream().map(row -> of(row, quote))).toList();

    private Instruments() {}

    private static Instrument of(String row, String quote) {
        String[] fields = row.split(" ");
        BigDecimal price = new BigDecimal(fields[1]);
        int lotScale = new BigDecimal(fields[2]).scale();
        return new Instrument(fields[0] + quote, price, price.scale(), lotScale);
    }
}
