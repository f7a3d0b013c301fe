package io.kline.sink.redis;

import io.kline.store.redis.Reply;

/**
 * What to do about a reply. Nothing that Redis can recover from, or an operator can repair, is ever
 * given up.
 */
public final class FailurePolicy {

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
            return judge(refusal);
        }
        return Verdict.RETRY;
    }

    private static Verdict judge(Reply.Refusal refusal) {
        if (refusal.isPassing()) {
            return Verdict.RETRY;
        }
        if (refusal.code().equals("CROSSSLOT")
                || refusal.error().startsWith("ERR unknown command")
                || refusal.error().startsWith("ERR Error compiling script")) {
            return Verdict.FATAL;
        }
        return Verdict.BLOCKED;
    }
}
