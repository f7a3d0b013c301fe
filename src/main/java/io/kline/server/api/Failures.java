package io.kline.server.api;

import io.kline.query.QueryException;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The errors that clients get for what went wrong. */
public final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    /** The error that reports an exception; logs what is not the client's fault. */
    public static ApiError of(Exception e) {
        if (e instanceof ApiError error) {
            return error;
        }
        if (e instanceof QueryException trouble) {
            LOG.warn("{}", trouble.getMessage());
            return ApiError.unavailable(new TreeSet<>(trouble.problems().keySet()));
        }
        LOG.error("A request failed", e);
        return ApiError.unknown();
    }
}
