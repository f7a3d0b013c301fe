package io.kline.server.wsapi;

import io.kline.server.api.AtOnce;
import io.kline.server.api.Heartbeat;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection. It reads the next message when the answer to the one before has left, so what
 * waits for a slow client is one answer per connection, and few of all its connections. Public,
 * since Jetty looks its methods up.
 */
public final class ApiSocket implements Session.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(ApiSocket.class);

    private final ApiServer server;
    private final ApiMethods methods;
    private final ApiClient client;
    private final AtOnce underWay;
    private final long opened = System.nanoTime();
    private volatile Session session;
    private final Heartbeat heartbeat = new Heartbeat();

    /**
     * @param underWay the answers that clients have not taken yet
     */
    ApiSocket(ApiServer server, ApiMethods methods, ApiClient client, AtOnce underWay) {
        this.server = server;
        this.methods = methods;
        this.client = client;
        this.underWay = underWay;
    }

    @Override
    public void onWebSocketOpen(Session open) {
        session = open;
        server.add(this);
        session.demand();
    }

    @Override
    public void onWebSocketText(String message) {
        String address = client.caller().address();
        int count = underWay.begin(address);
        String answer;
        try {
            answer = methods.answer(message, client, count);
        } catch (RuntimeException | Error e) {
            underWay.end(address);
            throw e;
        }
        Callback next = next();
        session.sendText(
                answer,
                Callback.from(
                        () -> {
                            underWay.end(address);
                            next.succeed();
                        },
                        failure -> {
                            underWay.end(address);
                            next.fail(failure);
                        }));
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
        callback.succeed();
        session.close(StatusCode.BAD_DATA, "text only", Callback.NOOP);
        session.demand();
    }

    @Override
    public void onWebSocketPing(ByteBuffer payload) {
        session.sendPong(payload, next());
    }

    @Override
    public void onWebSocketPong(ByteBuffer payload) {
        heartbeat.pong(payload);
        session.demand();
    }

    @Override
    public void onWebSocketClose(int statusCode, String reason, Callback callback) {
        server.remove(this);
        callback.succeed();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        LOG.debug("a connection failed", cause);
    }

    /**
     * Pings the client, or ends the connection of one that is silent or has stayed too long.
     *
     * @param patience how long it may go without a pong
     * @param longest how long a connection may last
     */
    void ping(Duration patience, Duration longest) {
        if (heartbeat.isSilent(patience)) {
            session.disconnect();
        } else if (System.nanoTime() - opened > longest.toNanos()) {
            session.close(StatusCode.NORMAL, "open for too long", Callback.NOOP);
        } else {
            session.sendPing(heartbeat.ping(), Callback.NOOP);
        }
    }

    /** Reports that the server ends, and closes. */
    void shutDown(long eventTime) {
        long time = client.times().time(eventTime);
        session.sendText(
                "{\"event\":{\"e\":\"serverShutdown\",\"E\":" + time + "}}", Callback.NOOP);
        session.close(StatusCode.SHUTDOWN, "the server ends", Callback.NOOP);
    }

    private Callback next() {
        return Callback.from(session::demand, failure -> session.disconnect());
    }
}
