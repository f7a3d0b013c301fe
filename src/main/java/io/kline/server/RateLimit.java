package io.kline.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.kline.server.api.ApiError;
import java.time.Duration;
import java.util.function.IntFunction;

/**
 * How much each client may do: a bucket per address that fills up again within a period. Only the
 * buckets of the last period's clients are remembered, {@value #MOST_CLIENTS} at most.
 */
final class RateLimit {

    private static final int MOST_CLIENTS = 100_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final int most;
    private final Duration period;
    private final IntFunction<ApiError> refusal;
    private final Cache<String, Bucket> buckets;

    /**
     * @param most per period and client
     * @param refusal the error that says after how many seconds there is enough again
     */
    RateLimit(int most, Duration period, IntFunction<ApiError> refusal) {
        this.most = most;
        this.period = period;
        this.refusal = refusal;
        buckets = Caffeine.newBuilder().maximumSize(MOST_CLIENTS).expireAfterAccess(period).build();
    }

    /** A limit of request weight per minute. */
    static RateLimit ofWeight(int weight) {
        return new RateLimit(weight, MINUTE, seconds -> ApiError.tooManyRequests(weight, seconds));
    }

    /**
     * Takes some of it, or none.
     *
     * @return how much of the limit is used now
     * @throws ApiError if the limit does not allow it
     */
    long use(String client, int amount) {
        Bucket bucket = buckets.get(client, any -> bucket());
        if (amount == 0) {
            return most - bucket.getAvailableTokens();
        }
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(Math.min(amount, most));
        if (!probe.isConsumed()) {
            long seconds = Duration.ofNanos(probe.getNanosToWaitForRefill()).toSeconds() + 1;
            throw refusal.apply((int) seconds);
        }
        return most - probe.getRemainingTokens();
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(most).refillGreedy(most, period))
                .build();
    }
}
