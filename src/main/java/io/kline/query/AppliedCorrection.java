package io.kline.query;

import java.math.BigDecimal;

/**
 * A late trade that was applied to a stored candle.
 *
 * @param symbol whose trade
 * @param interval code of the interval of the candle
 * @param openTime open time of the candle, ms
 * @param tradeId id of the trade
 * @param price its price
 * @param quantity its quantity, base asset
 * @param tradeTime when it happened, ms
 * @param isBuyerMaker whether the buyer's order was resting
 * @param appliedAt when it was applied, ms
 */
public record AppliedCorrection(
        String symbol,
        String interval,
        long openTime,
        long tradeId,
        BigDecimal price,
        BigDecimal quantity,
        long tradeTime,
        boolean isBuyerMaker,
        long appliedAt) {}
