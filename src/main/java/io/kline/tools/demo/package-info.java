/**
 * Everything on one machine: both jobs, the server with the chart page, and a market of made-up
 * trades.
 *
 * <pre>
 *   DemoMain ─┬─ Instruments → Market → Generator → GeneratorFeed → topic trades
 *             ├─ tools.local: both jobs
 *             └─ server
 * </pre>
 */
package io.kline.tools.demo;
