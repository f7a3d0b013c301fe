package io.kline.store.redis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.util.SafeEncoder;

/**
 * One round trip over one connection. Error replies are returned as {@link JedisDataException}s in
 * their places; a broken connection is thrown as {@code JedisConnectionException}.
 */
final class Pipeline {

    /** One of calls that refer to no script. */
    static final Pipeline WITHOUT_SCRIPT = new Pipeline("");

    private final String script;

    /**
     * @param script text of the script that the calls may refer to
     */
    Pipeline(String script) {
        this.script = script;
    }

    /**
     * Sends the calls; where the server does not know the script, loads it and repeats those. A
     * connection to a server that has become a replica is not used again: another one may lead to
     * the new master, this one never will.
     *
     * @param asking whether each call follows an ASK redirection
     */
    List<Object> exchange(Connection connection, List<Call> calls, boolean asking) {
        List<Object> replies = send(connection, calls, asking);
        List<Integer> unknown = new ArrayList<>();
        for (int i = 0; i < replies.size(); i++) {
            if (replies.get(i) instanceof JedisNoScriptException) {
                unknown.add(i);
            }
        }
        if (!unknown.isEmpty()) {
            List<Object> again =
                    load(connection, unknown.stream().map(calls::get).toList(), asking);
            for (int i = 0; i < again.size(); i++) {
                replies.set(unknown.get(i), again.get(i));
            }
        }
        if (replies.stream().anyMatch(value -> reply(value).isDemoted())) {
            connection.setBroken();
        }
        return replies;
    }

    /** A value that came back for a call, as a reply. */
    static Reply reply(Object value) {
        if (value instanceof Reply.Unsent unsent) {
            return unsent;
        }
        return value instanceof JedisDataException error
                ? new Reply.Refusal(String.valueOf(error.getMessage()))
                : new Reply.Answer(value);
    }

    private List<Object> load(Connection connection, List<Call> calls, boolean asking) {
        try {
            connection.sendCommand(
                    Command.SCRIPT, SafeEncoder.encode("LOAD"), SafeEncoder.encode(script));
            connection.getOne();
        } catch (JedisDataException refused) {
            return new ArrayList<>(Collections.nCopies(calls.size(), refused));
        }
        return send(connection, calls, asking);
    }

    private static List<Object> send(Connection connection, List<Call> calls, boolean asking) {
        for (Call call : calls) {
            if (asking) {
                connection.sendCommand(Command.ASKING);
            }
            connection.sendCommand(call.command(), call.args().get());
        }
        if (!asking) {
            return connection.getMany(calls.size());
        }
        List<Object> both = connection.getMany(2 * calls.size());
        List<Object> replies = new ArrayList<>(calls.size());
        for (int i = 1; i < both.size(); i += 2) {
            replies.add(both.get(i));
        }
        return replies;
    }
}
