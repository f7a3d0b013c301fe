package io.kline.tools.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kline.tools.stack.ServerException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.util.function.RunnableWithException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TogetherTest {

    @Test
    @Timeout(60)
    void asManyAsThereAreWaitForEachOther() {
        int parts = 2 * Runtime.getRuntime().availableProcessors() + 2;
        CountDownLatch all = new CountDownLatch(parts);
        RunnableWithException[] each = new RunnableWithException[parts];
        for (int i = 0; i < parts; i++) {
            each[i] =
                    () ->
                            Together.run(
                                    () -> {
                                        all.countDown();
                                        all.await();
                                    });
        }

        Together.run(each);

        assertThat(all.getCount()).isZero();
    }

    @Test
    void oneFailsWhenAllHaveEnded() {
        AtomicBoolean ended = new AtomicBoolean();

        assertThatThrownBy(
                        () ->
                                Together.run(
                                        () -> {
                                            throw new IllegalStateException("no room");
                                        },
                                        () -> {
                                            TimeUnit.MILLISECONDS.sleep(50);
                                            ended.set(true);
                                        }))
                .isInstanceOf(ServerException.class)
                .hasMessage("no room");
        assertThat(ended).isTrue();
    }
}
