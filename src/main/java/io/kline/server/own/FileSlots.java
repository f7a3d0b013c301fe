package io.kline.server.own;

import io.kline.server.api.ApiError;
import io.kline.server.api.AtOnce;
import java.util.concurrent.Semaphore;

/**
 * How many files are sent at once. Each keeps a thread of the server until its client has taken it.
 * Thread safe.
 */
final class FileSlots {

    static final int MOST = 32;

    /** So that one client does not keep files from the others. */
    static final int MOST_OF_A_CLIENT = 4;

    private static final int AGAIN_SECONDS = 5;

    private final Semaphore free = new Semaphore(MOST);
    private final AtOnce files = new AtOnce();

    /**
     * @param address of the client
     * @throws ApiError if there is none for it now
     */
    void check(String address) {
        if (files.of(address) >= MOST_OF_A_CLIENT) {
            throw ApiError.tooManyAtOnce(MOST_OF_A_CLIENT, AGAIN_SECONDS);
        }
        if (free.availablePermits() == 0) {
            throw ApiError.busy(AGAIN_SECONDS);
        }
    }

    /**
     * Takes one.
     *
     * @param address of the client
     * @throws ApiError if there is none for it now
     */
    void take(String address) {
        if (files.begin(address) > MOST_OF_A_CLIENT) {
            files.end(address);
            throw ApiError.tooManyAtOnce(MOST_OF_A_CLIENT, AGAIN_SECONDS);
        }
        if (!free.tryAcquire()) {
            files.end(address);
            throw ApiError.busy(AGAIN_SECONDS);
        }
    }

    /** Gives one back. */
    void giveBack(String address) {
        free.release();
        files.end(address);
    }
}
