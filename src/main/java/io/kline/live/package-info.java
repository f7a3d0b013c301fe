/**
 * The operators of the live job.
 *
 * <pre>
 *   Inbound ── ValidateTrades ── BundleTrades ══ by symbol ══ FormCandles ──► Candle: every version
 *                    │                                          │    └──────► KlineEvent: closed, late
 *                    └──► DeadLetter ◄──────────────────────────┘
 *
 *   FormCandles ── LiveSymbols ── SymbolCandles (state)      what is decided about a trade
 *       ├── Offers                                           brings it trades, counts the answers
 *       ├── MergeGrid ── Turns, FlatRows                     merges, closes, moves over boundaries
 *       ├── Ticker ── Ticks, Backlog, Present                when all symbols come over a boundary
 *       ├── Reissue                                          candles that a store may have lost
 *       └── EarlierRun ── StoredCandles                      a start without state
 * </pre>
 *
 * <p>Each of these has one timer for all symbols of the subtask. There are no keyed timers.
 */
package io.kline.live;
