package io.kline.tools.chaos;

import io.kline.tools.stack.ServerException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.function.RunnableWithException;
import org.apache.flink.util.function.ThrowingRunnable;

/** Things that are done at the same time. */
final class Together {

    private Together() {}

    /** Not in a pool of few threads: parts wait for each other, and have parts themselves. */
    private static void inThread(Runnable part) {
        new Thread(part, "part").start();
    }

    /**
     * Returns when all parts are done.
     *
     * @throws ServerException if one of them fails, with its message, when all have ended
     */
    static void run(RunnableWithException... parts) {
        try {
            CompletableFuture.allOf(
                            Stream.of(parts)
                                    .map(ThrowingRunnable::unchecked)
                                    .map(
                                            part ->
                                                    CompletableFuture.runAsync(
                                                            part, Together::inThread))
                                    .toArray(CompletableFuture<?>[]::new))
                    .join();
        } catch (CompletionException e) {
            Throwable cause =
                    ExceptionUtils.stripException(e.getCause(), UndeclaredThrowableException.class);
            throw new ServerException(String.valueOf(cause.getMessage()), cause);
        }
    }
}
