/**
 * How trades become candles, and nothing else: no Flink, no I/O, no clock of its own.
 *
 * <pre>
 *   Trade ── Fold.of ──► Fold ── plus ──► Fold          what any set of trades did, in any order
 *                          │
 *                   SymbolCandles                       all intervals of a symbol, and how far its time has come
 *                          │  one per interval
 *                       Series                          which candles exist, which are closed, which are flat
 *                          │
 *                          ▼
 *                  Candle, late Fold                    what readers see, what has to be corrected elsewhere
 * </pre>
 */
package io.kline.fold;
