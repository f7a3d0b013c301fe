/**
 * Faults on a real cluster under load. Each scenario ends with the checker's verdict; where a store
 * is away for long, what is played meanwhile has it when that has ended. One that needs other
 * clocks, other intervals or a world to throw away names its {@link io.kline.tools.chaos.Setup}.
 *
 * <pre>
 *   Run ── Ground                    its folder, for one run at a time
 *      │
 *      ├──────── Scenario ── World ──┬─ Servers ──┬─ tools.stack   the three servers
 *      │          on a Setup         │            ├─ RedisServers  Redis of another topology
 *      │                             │            └─ Proxy         a network before a server
 *      │                             ├─ tools.cluster     the cluster
 *      │                             ├─ submit.sh, stop.sh, upgrade.sh: the jobs
 *      │                             └─ GeneratorFeed     a seeded market
 *      ├─ Guests        what is played while a scenario waits
 *      ├─ Judgement     what was measured of a scenario, without its guests
 *      ├─ Outcomes      the table
 *      ├─ OtherClock    the same program again, below libfaketime
 *      └─ the verdict ──┬─ tools.check      what the stores hold is the fold of what was sent
 *                       ├─ VersionWatch     no version went back meanwhile
 *                       ├─ Pauses           the longest without fresh candles: Freshness; of
 *                       │                   each symbol that traded: SymbolWaits, LatestTrades
 *                       └─ MemoryWatch      heaps, and candles that wait for Redis
 * </pre>
 */
package io.kline.tools.chaos;
