package io.kline.sink.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.sink.redis.FailurePolicy.Verdict;
import io.kline.store.redis.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.exceptions.JedisConnectionException;

class FailurePolicyTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    LOADING Redis is loading the dataset in memory         | RETRY
                    READONLY You can't write against a read only replica.  | RETRY
                    CLUSTERDOWN Hash slot not served                       | RETRY
                    TRYAGAIN Multiple keys request during rehashing of slot| RETRY
                    BUSY Redis is busy running a script.                   | RETRY
                    MASTERDOWN Link with MASTER is down                    | RETRY
                    MOVED 3999 127.0.0.1:6381                              | RETRY
                    ASK 3999 127.0.0.1:6381                                | RETRY
                    NOSCRIPT No matching script. Please use EVAL.          | RETRY
                    OOM command not allowed when used memory > 'maxmemory' | BLOCKED
                    MISCONF Redis is configured to save RDB snapshots      | BLOCKED
                    WRONGTYPE Operation against a key                      | BLOCKED
                    NOAUTH Authentication required.                        | BLOCKED
                    WRONGPASS invalid username-password pair               | BLOCKED
                    NOPERM this user has no permissions                    | BLOCKED
                    ERR nobody has seen this before                        | BLOCKED
                    ERR unknown command `EVALSHA`, with args               | FATAL
                    ERR Error compiling script (new function)              | FATAL
                    CROSSSLOT Keys in request don't hash to the same slot  | FATAL
                    """)
    void refusals(String error, Verdict verdict) {
        assertThat(FailurePolicy.judge(new Reply.Refusal(error))).isEqualTo(verdict);
    }

    @Test
    void otherReplies() {
        assertThat(FailurePolicy.judge(new Reply.Answer(1L))).isEqualTo(Verdict.DONE);
        assertThat(FailurePolicy.judge(new Reply.Unsent())).isEqualTo(Verdict.REPEAT);
        assertThat(FailurePolicy.judge(new Reply.Silence(new JedisConnectionException("away"))))
                .isEqualTo(Verdict.RETRY);
    }
}
