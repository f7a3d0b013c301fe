/**
 * Brings candles back to Redis that it has lost, from MySQL.
 *
 * <pre>
 *   HistoryHealer ── a look over all symbols
 *     ├─ HistoryTable      which symbols and open times MySQL has, and the rows
 *     ├─ RedisHistories    what Redis holds, and the guarded writes
 *     ├─ Gaps              what it lacks                                     HeldHistory: is it short, has it a hole
 *     ├─ UpToDate          is MySQL as far as Redis was when it lost them
 *     ├─ LostLatest        who brings back the latest kline, and when
 *     └─ Pace              so many candles a second
 * </pre>
 *
 * <p>Only histories below a latest kline are filled: the live job writes the latest one again by
 * itself, and nothing that is newer than it may be there. {@link ShortHistories} is the same look
 * for a rebuild, which fills by itself. Every write goes through {@code kline.lua}, so the higher
 * version stays, whoever writes first.
 */
package io.kline.store.heal;
