/**
 * What trades do to the candles of a symbol, and nothing else: no Flink, no I/O, no clock of its
 * own.
 *
 * <pre>
 *   trade ──────── SymbolCandles ── SeenExecutions    counted before?
 *                    │   └───────── PendingTrades     what waits for the next merge
 *   merge, tick ─────┤
 *                    ├──────────── Merge, Step        the order in which a series is moved on
 *                    │   └──────── Lateness           what comes too late for a series
 *                    │
 *                  SymbolSeries                       required intervals, and removed ones
 *                    │  one per interval
 *                  Series ─┬─────── Beginning         which candles are made here
 *                          ├─────── Contents          what still takes trades; GivenUpCounts
 *                          └─────── FlatCandles       due FlatRanges and Gap; FillPace: when
 *                          │
 *                    CandleOutput                     candles, candles again, late trades
 *
 *   TakeOver ─────► SymbolCandles                     a start without state
 * </pre>
 *
 * <p>A merge folds what is in time, closes, issues, gives up, and then passes on what is late, in
 * this order. What is late depends on the highest time of the symbol's trades that were counted
 * before, in the order of their arrival.
 */
package io.kline.candle;
