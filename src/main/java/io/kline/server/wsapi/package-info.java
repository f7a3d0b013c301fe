/**
 * Requests and answers over a WebSocket, as Binance has them: {@code /ws-api/v3}.
 *
 * <pre>
 *   ApiServer ── ApiSocket ── ApiRequest ── ApiMethods ── ApiReply
 *                one per connection         the endpoints of the REST interface
 * </pre>
 *
 * A method is the endpoint of the same name, with its parameters, weight and errors. The next
 * request of a connection is read when the answer to the one before has left.
 */
package io.kline.server.wsapi;
