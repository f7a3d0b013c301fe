package io.kline.store.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.Protocol.Command;

/**
 * Whose data a server has: its replication id. A replica takes over that of its master, and a
 * server that becomes a master makes a new one. So one that was a replica in between has another,
 * however short that was.
 *
 * @param id null if it is not known
 * @param since when it was asked for, by a clock that never goes back, ns
 */
record Lineage(String id, long since) {

    /** What a server is asked. */
    static final Call QUESTION = Call.of(Command.INFO, "replication");

    private static final Pattern ID = Pattern.compile("^master_replid:(\\w+)", Pattern.MULTILINE);

    /** How long an answer is believed: a change is not missed, only found later. */
    private static final long BELIEVED_NANOS = Duration.ofSeconds(1).toNanos();

    /** One that is due. */
    static Lineage unknown() {
        return new Lineage(null, System.nanoTime() - BELIEVED_NANOS);
    }

    /** That of an answer; one that was refused says nothing. */
    static Lineage of(Object answer) {
        String text =
                answer instanceof byte[] bytes ? new String(bytes, StandardCharsets.US_ASCII) : "";
        Matcher id = ID.matcher(text);
        return new Lineage(id.find() ? id.group(1) : null, System.nanoTime());
    }

    /** Whether it is time to ask again. */
    boolean isDue() {
        return System.nanoTime() - since >= BELIEVED_NANOS;
    }

    /** Whether the server may have been a master ever since. */
    boolean follows(Lineage before) {
        return id == null || before.id == null || id.equals(before.id);
    }
}
