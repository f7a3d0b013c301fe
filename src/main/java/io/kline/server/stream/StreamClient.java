package io.kline.server.stream;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bucket4j.Bucket;
import io.kline.server.api.Allowance;
import io.kline.server.api.ApiError;
import io.kline.server.api.Heartbeat;
import io.kline.server.api.Intervals;
import io.kline.server.api.Json;
import io.kline.server.api.TimeScale;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket connection and what it is subscribed to. Nothing here waits for the network: a
 * client that falls too far behind is dropped, and no command of one that does not take the answers
 * is read. Public, since Jetty looks its methods up.
 */
public final class StreamClient implements Session.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(StreamClient.class);

    /** Most streams of one connection. */
    static final int MOST_STREAMS = 1024;

    /** Most messages that a client may send in one second, pings and pongs included. */
    static final int MOST_MESSAGES = 5;

    /** Pings and pongs that may wait beside messages. */
    private static final int MOST_PINGS = 100;

    private final Subscriptions streams;
    private final Intervals intervals;
    private final StreamClients clients;
    private final Bucket incoming =
            Bucket.builder()
                    .addLimit(
                            limit ->
                                    limit.capacity(MOST_MESSAGES)
                                            .refillGreedy(MOST_MESSAGES, Duration.ofSeconds(1)))
                    .build();
    private final Asked asked;
    private final Allowance allowance;
    private final Outgoing outgoing;
    private final Map<String, Topic> subscribed = new LinkedHashMap<>();
    private boolean gone;
    private volatile boolean combined;
    private volatile Session session;
    private final Heartbeat heartbeat = new Heartbeat();

    /** Whether something of it was read when it was last pinged. */
    private boolean isRead = true;

    /**
     * What a client asks for when it connects.
     *
     * @param combined whether payloads are wrapped with the name of their stream
     * @param times the unit of times
     * @param streams what it is subscribed to from the beginning
     */
    record Asked(boolean combined, TimeScale times, List<Topic> streams) {}

    /**
     * @param allowance what the client may ask
     */
    StreamClient(
            Subscriptions streams,
            Intervals intervals,
            StreamClients clients,
            Allowance allowance,
            Asked asked) {
        this.streams = streams;
        this.intervals = intervals;
        this.clients = clients;
        this.allowance = allowance;
        this.asked = asked;
        combined = asked.combined();
        outgoing = new Outgoing(clients.maxQueuedMessages(), clients.backlog(), this::toNetwork);
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        opened.setMaxOutgoingFrames(Outgoing.MOST_IN_FLIGHT + MOST_PINGS);
        session = opened;
        clients.add(this);
        asked.streams().forEach(this::subscribe);
        session.demand();
    }

    @Override
    public void onWebSocketText(String message) {
        if (!isAllowed()) {
            session.demand();
            return;
        }
        try {
            follow(Command.read(message));
        } catch (CommandError error) {
            answer(CommandReply.of(error));
        }
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
        callback.succeed();
        session.close(StatusCode.BAD_DATA, "text only", Callback.NOOP);
        session.demand();
    }

    @Override
    public void onWebSocketPing(ByteBuffer payload) {
        if (isAllowed()) {
            session.sendPong(payload, Callback.NOOP);
        }
        session.demand();
    }

    @Override
    public void onWebSocketPong(ByteBuffer payload) {
        heartbeat.pong(payload);
        isAllowed();
        session.demand();
    }

    @Override
    public void onWebSocketClose(int statusCode, String reason, Callback callback) {
        clients.remove(this);
        outgoing.end();
        streams.leave(this::unsubscribeAll);
        callback.succeed();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        LOG.debug("a connection failed", cause);
    }

    /** Sends a message, or drops the client if too much waits already that must be sent. */
    void send(String stream, StreamMessage message) {
        String text =
                combined ? message.combined(asked.times(), stream) : message.raw(asked.times());
        switch (outgoing.add(stream, text, message.isFinal())) {
            case ADDED -> {}
            case REPLACED_ANOTHER -> clients.replaced();
            case ONE_TOO_MANY -> clients.drop(session);
        }
    }

    /** Reports that the server ends, and closes. */
    void shutDown(long eventTime) {
        String event = "{\"e\":\"serverShutdown\",\"E\":" + asked.times().time(eventTime) + "}";
        outgoing.answer(
                combined ? "{\"stream\":\"!serverShutdown\",\"data\":" + event + "}" : event);
        session.close(StatusCode.SHUTDOWN, "the server ends", Callback.NOOP);
    }

    /**
     * Pings the client, or drops it if it has been silent for too long. Of one whose answers wait
     * nothing is read, so no pong either: it has a time of its own to take them.
     */
    void ping(Duration patience) {
        OptionalLong heldBack = outgoing.heldBackSince();
        boolean wasRead = isRead;
        isRead = heldBack.isEmpty();
        if (isRead
                ? wasRead && heartbeat.isSilent(patience)
                : System.nanoTime() - heldBack.getAsLong() > 2 * patience.toNanos()) {
            session.disconnect();
        } else {
            session.sendPing(heartbeat.ping(), Callback.NOOP);
        }
    }

    /** Characters that wait for it, if it has taken nothing for a time; else 0. */
    int backlog(Duration time) {
        return outgoing.stuckCharacters(System.nanoTime(), time.toNanos());
    }

    /** Ends the connection at once. */
    void drop() {
        clients.drop(session);
    }

    private void toNetwork(String text) {
        session.sendText(text, Callback.from(this::sent, failure -> clients.drop(session)));
    }

    private void sent() {
        clients.sent();
        outgoing.sent();
    }

    private boolean isAllowed() {
        if (incoming.tryConsume(1)) {
            return true;
        }
        session.close(StatusCode.POLICY_VIOLATION, "Too many messages", Callback.NOOP);
        return false;
    }

    private void follow(Command command) {
        switch (command.method()) {
            case SUBSCRIBE -> {
                List<Topic> names = command.topics(intervals);
                admit(command, names);
                answer(command, JsonGenerator::writeNull);
                names.forEach(this::subscribe);
            }
            case UNSUBSCRIBE -> {
                command.topics(intervals).forEach(this::unsubscribe);
                answer(command, JsonGenerator::writeNull);
            }
            case LIST_SUBSCRIPTIONS -> {
                if (!command.parameters().isEmpty()) {
                    throw CommandError.badRequest("too many parameters", command.id());
                }
                answer(command, this::writeSubscriptions);
            }
            case SET_PROPERTY -> {
                combined = command.flag();
                answer(command, JsonGenerator::writeNull);
            }
            case GET_PROPERTY -> {
                command.checkProperty(1);
                answer(command, json -> json.writeBoolean(combined));
            }
        }
    }

    private void admit(Command command, List<Topic> names) {
        int more;
        synchronized (subscribed) {
            more = (int) names.stream().filter(one -> !subscribed.containsKey(one.text())).count();
            if (subscribed.size() + more > MOST_STREAMS) {
                throw CommandError.badRequest("too many streams", command.id());
            }
        }
        try {
            allowance.use(Topic.weight(more));
        } catch (ApiError error) {
            throw CommandError.refused(error, command.id());
        }
    }

    private void subscribe(Topic name) {
        synchronized (subscribed) {
            if (!gone && subscribed.putIfAbsent(name.text(), name) == null) {
                streams.subscribe(this, name);
            }
        }
    }

    private void unsubscribe(Topic name) {
        synchronized (subscribed) {
            if (subscribed.remove(name.text()) != null) {
                streams.unsubscribe(this, name);
            }
        }
    }

    private void unsubscribeAll() {
        synchronized (subscribed) {
            gone = true;
            subscribed.values().forEach(name -> streams.unsubscribe(this, name));
            subscribed.clear();
        }
    }

    private void answer(Command command, Json.Body result) {
        answer(CommandReply.of(command, result));
    }

    private void answer(String text) {
        outgoing.answer(text, session::demand);
    }

    private void writeSubscriptions(JsonGenerator json) throws IOException {
        json.writeStartArray();
        synchronized (subscribed) {
            for (String name : subscribed.keySet()) {
                json.writeString(name);
            }
        }
        json.writeEndArray();
    }
}
