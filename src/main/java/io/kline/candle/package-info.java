/**
 * What trades do to the candles of a symbol, and nothing else: no Flink, no I/O, no clock of its
 * own.
 *
 * <pre>
 *   trade ──────── SymbolCandles ── SeenExecutions    counted before?
 *                    │   └───────── PendingTrades     what waits for the next merge
 *   merge, tick ─────┤
 *                    │  one per interval
 *                  Series ─┬─────── FlatRanges, Gap   flat candles to be issued; FillPace: when
 *                          └─────── GivenUpCounts     what the last given-up candles had
 *                          │
 *                    CandleOutput                     candles, candles again, late trades
 * </pre>
 *
 * <p>A merge folds what is in time, closes, issues, gives up, and then passes on what is late, in
 * this order. What is late depends on the highest time of the symbol's trades that were counted
 * before, in the order of their arrival.
 */
package io.kline.candle;
