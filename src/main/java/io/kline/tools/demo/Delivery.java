package io.kline.tools.demo;

import io.kline.model.Trade;

/**
 * A trade as it arrives.
 *
 * @param time when it arrives, ms; never before it happened
 * @param trade the trade
 */
record Delivery(long time, Trade trade) {}
