package io.kline.server;

/**
 * How much the server takes upon itself.
 *
 * @param weight request weight per minute and client
 * @param connections most connections at once
 * @param connectionsPerAddress most of them from one address
 * @param sockets WebSocket connections that a client may open per five minutes
 * @param queuedMessages messages that a WebSocket client may be behind
 */
public record ServerLimits(
        int weight, int connections, int connectionsPerAddress, int sockets, int queuedMessages) {}
