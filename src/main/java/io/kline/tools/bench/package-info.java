/**
 * Benchmarks on one machine: each checks its own answers while it measures.
 *
 * <pre>
 *   Load ─┬─ Preloaded ── topic ──► MeasuredMain ── marks ──► Drain ── Snapshot of CPU times ─┐
 *         └─ FeedMain ─── topic ──► both jobs ─── channels ─► Visibility ── histograms ───────┼─► Figures
 *                                                                                             │
 *   NaiveFold, StoredCandlesVerdict ── a wrong run does not count ── Pairing: A B A B ────────┘
 * </pre>
 */
package io.kline.tools.bench;
