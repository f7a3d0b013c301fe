package io.kline.store.redis;

import io.kline.config.RedisSettings;
import io.kline.model.Candle;
import io.kline.store.KlineJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Protocol.Command;

/**
 * The script {@code kline.lua}: candles become a call of it, and its answer a result per candle.
 */
public final class KlineScript {

    private final String text;
    private final byte[] sha;
    private final byte[] historySize;
    private final byte[] kind;
    private final byte[] isCluster;
    private final boolean makesLatest;

    /**
     * The script for candles of which the newest becomes the latest.
     *
     * @param settings of the servers that execute it
     * @param areCorrections whether the candles are corrected ones: where there is no latest kline
     *     none of them becomes it, however old
     */
    public KlineScript(RedisSettings settings, boolean areCorrections) {
        this(settings, areCorrections ? "1" : "0");
    }

    /**
     * The script for candles that are brought back to a history: none becomes the latest, none is
     * published, and where there is no latest none is written.
     *
     * @param settings of the servers that execute it
     */
    public static KlineScript bringingBack(RedisSettings settings) {
        return new KlineScript(settings, "2");
    }

    private KlineScript(RedisSettings settings, String kind) {
        this.kind = bytes(kind);
        this.makesLatest = kind.equals("0");
        this.isCluster = bytes(settings.mode() == RedisSettings.Mode.CLUSTER ? "1" : "0");
        this.text = load();
        this.sha = bytes(sha1(text));
        this.historySize = bytes(Integer.toString(settings.historySize()));
    }

    /** Whether a candle becomes the latest of its series where there is none. */
    public boolean makesLatest() {
        return makesLatest;
    }

    /** Text of the script. */
    public String text() {
        return text;
    }

    /** The call that writes the candles. */
    public Call call(ChangedCandles changed) {
        Candle any = changed.candles().get(0);
        return new Call(
                RedisKeys.latest(any.symbol(), any.interval()),
                Command.EVALSHA,
                () -> args(changed));
    }

    private byte[][] args(ChangedCandles changed) {
        Map<String, Integer> intervals = new LinkedHashMap<>();
        for (Candle candle : changed.candles()) {
            intervals.putIfAbsent(candle.interval(), intervals.size() + 1);
        }
        List<byte[]> args = new ArrayList<>(5 + 2 * (intervals.size() + changed.candles().size()));
        args.add(sha);
        args.add(bytes(Integer.toString(2 * intervals.size())));
        for (String interval : intervals.keySet()) {
            args.add(bytes(RedisKeys.latest(changed.symbol(), interval)));
            args.add(bytes(RedisKeys.history(changed.symbol(), interval)));
        }
        args.add(historySize);
        args.add(kind);
        args.add(isCluster);
        for (Candle candle : changed.candles()) {
            args.add(bytes(intervals.get(candle.interval()).toString()));
            args.add(bytes(KlineJson.write(candle)));
        }
        return args.toArray(byte[][]::new);
    }

    /** The results in the script's answer, in the order of the candles of the call. */
    public static List<Result> results(Reply.Answer answer) {
        return ((List<?>) answer.value())
                .stream().map(bits -> new Result(((Long) bits).intValue())).toList();
    }

    /**
     * What became of one candle.
     *
     * @param bits as the script returns them
     */
    public record Result(int bits) {

        /** Whether it is stored; otherwise something newer is there. */
        public boolean accepted() {
            return (bits & 1) != 0;
        }

        /** Whether there was no readable latest kline before. */
        public boolean latestMissing() {
            return (bits & 2) != 0;
        }

        /** Whether a key of another type was in the way; nothing was changed. */
        public boolean wrongType() {
            return (bits & 4) != 0;
        }

        /** Whether this very version was there already; nothing was changed. */
        public boolean same() {
            return (bits & 8) != 0;
        }
    }

    private static String load() {
        try (InputStream script = KlineScript.class.getResourceAsStream("kline.lua")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes(text)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
