/**
 * Faults on a real cluster under load. Each scenario ends with the checker's verdict.
 *
 * <pre>
 *   ChaosMain ── Scenario ── World ──┬─ tools.stack: Kafka, Redis, MariaDB
 *                                    ├─ tools.cluster: JobManagers, TaskManagers, ZooKeeper
 *                                    ├─ scripts/submit.sh, stop.sh, upgrade.sh: the jobs
 *                                    └─ tools.demo: GeneratorFeed, a seeded market
 *      Verdict ──┬─ tools.check      what the stores hold is the fold of what was sent
 *                ├─ VersionWatch     no version went back meanwhile
 *                └─ Freshness        the longest pause between fresh candles
 * </pre>
 */
package io.kline.tools.chaos;
