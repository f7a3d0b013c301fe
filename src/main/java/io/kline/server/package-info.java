/**
 * The server: what the stores know, over HTTP and WebSocket.
 *
 * <pre>
 *   HTTP       ─ Admission ─ Routes ─ Endpoint ─┬─ binance  /api/v3
 *                                               ├─ udf      /udf
 *                                               └─ own      /api/v1, /health
 *   WebSocket  ─ StreamServer ─ stream
 *   files      ─ StaticFiles
 * </pre>
 */
package io.kline.server;
