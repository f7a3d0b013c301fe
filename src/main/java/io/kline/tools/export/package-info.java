/**
 * Stored candles as files: the archives that an exchange publishes.
 *
 * <pre>
 *   ExportMain ── ExportRun ─┬─ Period ── ClosedCandles ── KlineCsv ── Archive: zip and checksum
 *                            └─ Restated: what has changed since
 * </pre>
 */
package io.kline.tools.export;
