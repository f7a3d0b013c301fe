/**
 * From Kafka records to trades.
 *
 * <pre>
 *   record ── TradeDeserializer ──► Inbound ── RouteInbound ──► Trade
 *                (TradeParser)         │             └────────► DeadLetter
 *                                TradeWatermarks                (only trades move time)
 * </pre>
 */
package io.kline.source;
