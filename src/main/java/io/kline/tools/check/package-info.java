/**
 * The checker: reads the stores, and the trades where they are given, and reports where they break
 * what candles promise. Its arithmetic is its own; with the jobs it shares only the names of keys
 * and columns, the reading of klines and the settings.
 *
 * <pre>
 * FileInput | TopicInput → SpooledTrades → SymbolTrades → ReferenceCandles ┐
 * RedisKlines → SoundCandles ──────────────────────────────────────────────┼→ SymbolCheck → Violations → Report
 * MysqlRows   → SoundCandles ──────────────────────────────────────────────┘
 *                       SymbolCheck = Completeness (I1), ValueCheck (I2, I3, I5), RollUpCheck (I5)
 * </pre>
 *
 * Trades may come while it reads: {@link io.kline.tools.check.SymbolTrades} has those that the
 * stores must hold, and those of which they may hold the first ones.
 */
package io.kline.tools.check;
