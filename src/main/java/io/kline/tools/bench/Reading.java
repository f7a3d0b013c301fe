package io.kline.tools.bench;

/**
 * A value that one run has measured.
 *
 * @param what such as {@code trades/s}
 * @param unit of the value
 * @param value what was measured
 */
record Reading(String what, String unit, double value) {}
