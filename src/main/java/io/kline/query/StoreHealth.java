package io.kline.query;

import java.time.Duration;

/**
 * Whether a store answers.
 *
 * @param up whether it does
 * @param problem why not, without secrets; null when up
 * @param latency how long it took to find out
 */
public record StoreHealth(boolean up, String problem, Duration latency) {}
