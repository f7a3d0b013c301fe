package io.kline.server.api;

/** How much one client may still ask, request by request. */
public interface Allowance {

    /**
     * Takes the weight of a request, which may be 0.
     *
     * @return how much of the client's limit is used now
     * @throws ApiError if the limit does not allow it
     */
    long use(int weight);
}
