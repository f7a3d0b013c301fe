/**
 * The checker: reads the stores, and the trades where they are given, and tells where they break
 * what candles promise. Its arithmetic is its own; with the jobs it shares only the names of keys
 * and columns, the reading of klines and the settings.
 *
 * <pre>
 * FileTrades | TopicTrades → TradeSpool → ExpectedCandles ─┐
 * RedisCandles → SoundKlines ──────────────────────────────┼→ SymbolCheck → Findings → Report
 * MysqlCandles → SoundRows ────────────────────────────────┘
 *                       SymbolCheck = Completeness (I1), Values (I2, I3, I5), RollUp (I5)
 * </pre>
 */
package io.kline.demo.check;
