/**
 * The server: what the stores know, over HTTP and WebSocket.
 *
 * <pre>
 *   HTTP       ─ Routes ─ Endpoint ─┬─ binance  /api/v3
 *                                   └─ own      /api/v1, /health
 *   WebSocket  ─ stream
 *   files      ─ Pages
 * </pre>
 */
package io.kline.server;
