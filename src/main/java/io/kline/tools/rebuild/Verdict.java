package io.kline.tools.rebuild;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Trade;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares one candle with what is stored of it, and decides on the version that both stores take:
 * the revision rises where the stored version is higher, or the same with another content.
 */
final class Verdict {

    private final CandleKey key;
    private final Candle mysql;
    private final Candle redis;
    private final long slack;
    private final List<String> texts = new ArrayList<>();
    private final List<Trade> added = new ArrayList<>();
    private final List<Trade> dropped = new ArrayList<>();

    /**
     * @param mysql as it is stored, or null
     * @param redis as it is kept, or null
     * @param slack see {@link Field#differences}
     */
    Verdict(CandleKey key, Candle mysql, Candle redis, long slack) {
        this.key = key;
        this.mysql = mysql;
        this.redis = redis;
        this.slack = slack;
    }

    /** The versions that the stores have. */
    List<Candle> stored() {
        return Stream.of(mysql, redis).filter(Objects::nonNull).toList();
    }

    /**
     * Whether Redis has what has not come to the table.
     *
     * @param computed the candle as the table's minutes make it, or null if they make none
     */
    boolean isRedisAhead(Candle computed) {
        if (redis == null) {
            return false;
        }
        return mysql == null
                ? redis.count() > (computed == null ? 0 : computed.count())
                : redis.version().compareTo(mysql.version()) > 0;
    }

    /** Compares the ledger with the late trades of the candle. */
    void ledger(List<Trade> has, Collection<Trade> late, Minutes minutes) {
        Set<Long> ids = has.stream().map(Trade::id).collect(Collectors.toSet());
        late.stream().filter(one -> !ids.contains(one.id())).forEach(added::add);
        has.stream().filter(one -> !minutes.has(one)).forEach(dropped::add);
        if (!added.isEmpty()) {
            texts.add("ledger: lacks " + count(added));
        }
        if (!dropped.isEmpty()) {
            texts.add("ledger: has " + count(dropped) + " that the candle does not have");
        }
    }

    /** A candle that must be as it was computed. */
    Difference of(Candle computed) {
        List<String> inMysql = mysql == null ? List.of() : difference(mysql, computed);
        List<String> inRedis = redis == null ? List.of() : difference(redis, computed);
        long revision = revision(computed);
        if (mysql == null) {
            texts.add("mysql: missing");
        } else {
            add("mysql", inMysql, mysql, revision);
        }
        if (redis != null) {
            add("redis", inRedis, redis, revision);
        }
        boolean isWritten = texts.stream().anyMatch(text -> !text.startsWith("ledger"));
        Candle candle =
                new Candle(computed.key(), computed.closeTime(), computed.ohlcv(), true, revision);
        return difference(isWritten ? candle : null, false);
    }

    /** A candle that must not be there. */
    Difference superfluous() {
        if (mysql != null) {
            texts.add("mysql: superfluous");
        }
        if (redis != null) {
            texts.add("redis: superfluous");
        }
        return difference(null, true);
    }

    /** Whether the stores have the computed content, as far as they have the candle at all. */
    boolean isOnlyUnfinished(Candle computed) {
        return revision(computed) == 0
                && (mysql == null || difference(mysql, computed).isEmpty())
                && (redis == null || difference(redis, computed).isEmpty());
    }

    private Difference difference(Candle candle, boolean removed) {
        return new Difference(key, texts, candle, removed, redis != null, added, dropped, null);
    }

    private List<String> difference(Candle stored, Candle computed) {
        return Field.differences(stored, computed, slack);
    }

    private void add(String store, List<String> differences, Candle stored, long revision) {
        List<String> all = new ArrayList<>(differences);
        if (!stored.closed()) {
            all.add("x false, not true");
        }
        // Where the content differs, that the revision rises is no difference of its own.
        if (all.isEmpty() && stored.revision() != revision) {
            all.add("r " + stored.revision() + ", not " + revision);
        }
        if (!all.isEmpty()) {
            texts.add(store + ": " + String.join("; ", all));
        }
    }

    private long revision(Candle computed) {
        long highest =
                Math.max(
                        mysql == null ? 0 : mysql.revision(), redis == null ? 0 : redis.revision());
        Candle plain =
                new Candle(computed.key(), computed.closeTime(), computed.ohlcv(), true, highest);
        boolean rises = isInTheWay(mysql, plain) || isInTheWay(redis, plain);
        return rises ? highest + 1 : highest;
    }

    private boolean isInTheWay(Candle stored, Candle candle) {
        if (stored == null) {
            return false;
        }
        int order = stored.version().compareTo(candle.version());
        return order > 0 || order == 0 && !difference(stored, candle).isEmpty();
    }

    private static String count(List<Trade> trades) {
        return trades.size() == 1
                ? "the late trade " + trades.get(0).id()
                : trades.size() + " late trades";
    }
}
