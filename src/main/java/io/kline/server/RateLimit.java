package io.kline.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.kline.server.api.ApiError;
import java.time.Duration;

/**
 * How much each client may ask: a bucket of request weight per address that fills up again within a
 * minute. Only the buckets of the last minute's clients are remembered, {@value #MOST_CLIENTS} at
 * most.
 */
final class RateLimit {

    private static final int MOST_CLIENTS = 100_000;
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final int weight;
    private final Cache<String, Bucket> buckets =
            Caffeine.newBuilder().maximumSize(MOST_CLIENTS).expireAfterAccess(PERIOD).build();

    /**
     * @param weight per minute and client
     */
    RateLimit(int weight) {
        this.weight = weight;
    }

    /**
     * Takes the weight of a request.
     *
     * @return how much of the limit is used now
     * @throws ApiError if the limit does not allow it
     */
    long use(String client, int requestWeight) {
        ConsumptionProbe probe =
                buckets.get(client, any -> bucket())
                        .tryConsumeAndReturnRemaining(Math.min(requestWeight, weight));
        if (!probe.isConsumed()) {
            long seconds = Duration.ofNanos(probe.getNanosToWaitForRefill()).toSeconds() + 1;
            throw ApiError.tooManyRequests(weight, (int) seconds);
        }
        return weight - probe.getRemainingTokens();
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(weight).refillGreedy(weight, PERIOD))
                .build();
    }
}
