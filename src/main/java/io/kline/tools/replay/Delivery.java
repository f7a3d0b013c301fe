package io.kline.tools.replay;

import io.kline.model.Trade;

/**
 * A trade as it arrives.
 *
 * @param time when it arrives, ms; never before it happened
 * @param trade the trade
 */
public record Delivery(long time, Trade trade) {}
