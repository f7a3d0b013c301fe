package io.kline.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What came back for one {@link Call}. */
public sealed interface Reply {

    /**
     * It was executed.
     *
     * @param value as Jedis decodes it: a {@code Long}, {@code byte[]} or {@code List} of them
     */
    record Answer(Object value) implements Reply {

        /** The text of a value that is {@code byte[]}. */
        public static String text(Object bytes) {
            return new String((byte[]) bytes, StandardCharsets.UTF_8);
        }
    }

    /**
     * A server turned it down, wholly or after a part that can be repeated.
     *
     * @param error the server's text, beginning with the code of the error
     */
    record Refusal(String error) implements Reply {

        private static final Set<String> PASSING =
                Set.of(
                        "ASK",
                        "BUSY",
                        "CLUSTERDOWN",
                        "LOADING",
                        "MASTERDOWN",
                        "MOVED",
                        "NOSCRIPT",
                        "READONLY",
                        "TRYAGAIN");

        /** The code of the error. */
        public String code() {
            int end = error.indexOf(' ');
            return end < 0 ? error : error.substring(0, end);
        }

        /** Whether nobody has to act: the same call is executed in a while. */
        public boolean isPassing() {
            return PASSING.contains(code());
        }
    }

    /**
     * No server could be asked, or the answer did not arrive: it may have been executed.
     *
     * @param cause why
     */
    record Silence(RuntimeException cause) implements Reply {}

    /** It was held back, because the caller may want to send something else first. */
    record Unsent() implements Reply {}

    /**
     * Whether the server knows of no node for the key: it may have been taken out of its Cluster.
     */
    default boolean isUnserved() {
        return this instanceof Refusal refusal && refusal.code().equals("CLUSTERDOWN");
    }

    /** Whether the server has become a replica. */
    default boolean isDemoted() {
        return this instanceof Refusal refusal && refusal.code().equals("READONLY");
    }
}
