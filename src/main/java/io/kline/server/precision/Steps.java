package io.kline.server.precision;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The smallest steps of a symbol, powers of ten unless they are configured.
 *
 * @param tickSize of prices
 * @param stepSize of quantities
 */
public record Steps(BigDecimal tickSize, BigDecimal stepSize) {

    /** Of numbers with some fraction digits. */
    static Steps ofDigits(int price, int quantity) {
        return new Steps(
                BigDecimal.ONE.movePointLeft(price), BigDecimal.ONE.movePointLeft(quantity));
    }

    /**
     * Reads configured steps, such as {@code BTCUSDT:0.01:0.00001}, into a map.
     *
     * @param entries of the option {@code server.symbol-steps}, which are sound
     */
    public static Map<String, Steps> read(List<String> entries) {
        return entries.stream()
                .map(entry -> entry.trim().split(":"))
                .collect(
                        Collectors.toMap(
                                parts -> parts[0],
                                parts ->
                                        new Steps(
                                                new BigDecimal(parts[1]), new BigDecimal(parts[2])),
                                (first, last) -> last));
    }
}
