package io.kline.sink.redis;

import java.util.Set;

/**
 * What to do about a reply. Nothing that Redis can recover from, or an operator can repair, is ever
 * given up.
 */
final class FailurePolicy {

    /** What to do. */
    enum Verdict {
        /** It was executed. */
        DONE,
        /** Send it again at once. */
        REPEAT,
        /** Send it again later: this passes by itself. */
        RETRY,
        /** Send it again later, and say loudly that somebody has to act. */
        BLOCKED,
        /** The server will never be able to execute it. */
        FATAL
    }

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

    private FailurePolicy() {}

    /** The verdict on a reply. */
    static Verdict judge(Reply reply) {
        if (reply instanceof Reply.Answer) {
            return Verdict.DONE;
        }
        if (reply instanceof Reply.Unsent) {
            return Verdict.REPEAT;
        }
        if (reply instanceof Reply.Refusal refusal) {
            return judge(refusal.error());
        }
        return Verdict.RETRY;
    }

    /** Whether the server has become a replica. */
    static boolean isDemoted(Reply reply) {
        return reply instanceof Reply.Refusal refusal && code(refusal.error()).equals("READONLY");
    }

    private static Verdict judge(String error) {
        if (PASSING.contains(code(error))) {
            return Verdict.RETRY;
        }
        if (code(error).equals("CROSSSLOT")
                || error.startsWith("ERR unknown command")
                || error.startsWith("ERR Error compiling script")) {
            return Verdict.FATAL;
        }
        return Verdict.BLOCKED;
    }

    private static String code(String error) {
        int end = error.indexOf(' ');
        return end < 0 ? error : error.substring(0, end);
    }
}
