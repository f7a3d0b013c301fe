package io.kline.server.stream;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.bucket4j.Bucket;
import io.kline.server.api.Intervals;
import io.kline.server.api.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket connection and what it is subscribed to. Nothing here waits for the network: a
 * client that falls too far behind is dropped. Public, since Jetty looks its methods up.
 */
public final class StreamClient implements Session.Listener.AutoDemanding {

    private static final Logger LOG = LoggerFactory.getLogger(StreamClient.class);

    /** Most streams of one connection. */
    static final int MOST_STREAMS = 1024;

    /** Most messages that a client may send in one second, pings and pongs included. */
    static final int MOST_MESSAGES = 5;

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
    private final List<Topic> first;
    private final Map<String, Topic> subscribed = new LinkedHashMap<>();
    private boolean gone;
    private volatile boolean combined;
    private volatile Session session;
    private volatile long lastPong = System.nanoTime();

    /**
     * @param combined whether payloads are wrapped with the name of their stream
     * @param first what it is subscribed to from the beginning
     */
    StreamClient(
            Subscriptions streams,
            Intervals intervals,
            StreamClients clients,
            boolean combined,
            List<Topic> first) {
        this.streams = streams;
        this.intervals = intervals;
        this.clients = clients;
        this.combined = combined;
        this.first = first;
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        opened.setMaxOutgoingFrames(clients.maxQueuedMessages());
        session = opened;
        clients.add(this);
        first.forEach(this::subscribe);
    }

    @Override
    public void onWebSocketText(String message) {
        if (!isAllowed()) {
            return;
        }
        try {
            follow(Command.read(message));
        } catch (CommandError error) {
            answer(json -> writeError(json, error));
        }
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
        callback.succeed();
        session.close(StatusCode.BAD_DATA, "text only", Callback.NOOP);
    }

    @Override
    public void onWebSocketPing(ByteBuffer payload) {
        if (isAllowed()) {
            session.sendPong(payload, Callback.NOOP);
        }
    }

    @Override
    public void onWebSocketPong(ByteBuffer payload) {
        lastPong = System.nanoTime();
        isAllowed();
    }

    @Override
    public void onWebSocketClose(int statusCode, String reason, Callback callback) {
        clients.remove(this);
        streams.leave(this::unsubscribeAll);
        callback.succeed();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        LOG.debug("a connection failed", cause);
    }

    /** Sends a message, or drops the client if too many wait already. */
    void send(String stream, StreamMessage message) {
        send(combined ? message.combined(stream) : message.raw());
    }

    /** Reports that the server ends, and closes. */
    void shutDown(long eventTime) {
        String event = "{\"e\":\"serverShutdown\",\"E\":" + eventTime + "}";
        send(combined ? "{\"stream\":\"!serverShutdown\",\"data\":" + event + "}" : event);
        session.close(StatusCode.SHUTDOWN, "the server ends", Callback.NOOP);
    }

    /** Pings the client, or drops it if it has been silent for too long. */
    void ping(Duration patience) {
        if (System.nanoTime() - lastPong > patience.toNanos()) {
            session.disconnect();
        } else {
            session.sendPing(ByteBuffer.allocate(0), Callback.NOOP);
        }
    }

    private void send(String text) {
        session.sendText(text, Callback.from(clients::sent, failure -> clients.drop(session)));
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
                List<Topic> names = names(command);
                synchronized (subscribed) {
                    long more =
                            names.stream()
                                    .filter(name -> !subscribed.containsKey(name.text()))
                                    .count();
                    if (subscribed.size() + more > MOST_STREAMS) {
                        throw CommandError.badRequest("too many streams", command.id());
                    }
                }
                answer(json -> writeResult(json, command, JsonGenerator::writeNull));
                names.forEach(this::subscribe);
            }
            case UNSUBSCRIBE -> {
                names(command).forEach(this::unsubscribe);
                answer(json -> writeResult(json, command, JsonGenerator::writeNull));
            }
            case LIST_SUBSCRIPTIONS -> {
                if (!command.parameters().isEmpty()) {
                    throw CommandError.badRequest("too many parameters", command.id());
                }
                answer(json -> writeResult(json, command, this::writeSubscriptions));
            }
            case SET_PROPERTY -> {
                combined = flag(command);
                answer(json -> writeResult(json, command, JsonGenerator::writeNull));
            }
            case GET_PROPERTY -> {
                property(command, 1);
                answer(json -> writeResult(json, command, one -> one.writeBoolean(combined)));
            }
        }
    }

    private List<Topic> names(Command command) {
        if (command.parameters().isEmpty()) {
            throw CommandError.badRequest("missing field `params`", command.id());
        }
        return command.parameters().stream()
                .map(
                        name ->
                                Topic.parse(String.valueOf(name), intervals)
                                        .orElseThrow(
                                                () ->
                                                        CommandError.badRequest(
                                                                "invalid stream", command.id())))
                .distinct()
                .toList();
    }

    private static void property(Command command, int count) {
        if (command.parameters().isEmpty()
                || !(command.parameters().get(0) instanceof String name)) {
            throw CommandError.badRequest("property name must be a string", command.id());
        }
        if (command.parameters().size() > count) {
            throw CommandError.badRequest("too many parameters", command.id());
        }
        if (!name.equals("combined")) {
            throw CommandError.unknownProperty(command.id());
        }
    }

    private static boolean flag(Command command) {
        property(command, 2);
        if (command.parameters().size() < 2
                || !(command.parameters().get(1) instanceof Boolean value)) {
            throw CommandError.notBoolean(command.id());
        }
        return value;
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

    private void answer(Json.Body body) {
        send(Json.text(body));
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

    private static void writeResult(JsonGenerator json, Command command, Json.Body result)
            throws IOException {
        json.writeStartObject();
        json.writeFieldName("result");
        result.write(json);
        writeId(json, command.id());
        json.writeEndObject();
    }

    /** As the documents have it, and nested as the exchange itself sends it. */
    private static void writeError(JsonGenerator json, CommandError error) throws IOException {
        json.writeStartObject();
        json.writeNumberField("code", error.code());
        json.writeStringField("msg", error.getMessage());
        json.writeObjectFieldStart("error");
        json.writeNumberField("code", error.code());
        json.writeStringField("msg", error.getMessage());
        json.writeEndObject();
        writeId(json, error.id());
        json.writeEndObject();
    }

    private static void writeId(JsonGenerator json, Object id) throws IOException {
        if (id instanceof Long number) {
            json.writeNumberField("id", number);
        } else {
            json.writeStringField("id", (String) id);
        }
    }
}
