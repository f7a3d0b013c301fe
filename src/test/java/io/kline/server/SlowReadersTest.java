package io.kline.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SlowReadersTest {

    private static final int PART = 64 << 10;

    /** Of the answer that is written. */
    private final CountDownLatch cut = new CountDownLatch(1);

    @Test
    void aWholeAnswerThatIsTakenTooSlowlyIsCutOffThoughNoPartIs() throws Exception {
        assertThat(write(1_000 * PART)).isTrue();
        assertThat(write(PART)).isFalse();
    }

    @Test
    void theTimeThatItTakesToMakeItDoesNotCount() throws Exception {
        try (SlowReaders readers = new SlowReaders(Duration.ofSeconds(1), 1_000 * PART)) {
            SlowReaders.Answer answer =
                    readers.begin(OutputStream.nullOutputStream(), cut::countDown);
            answer.write(new byte[PART]);
            TimeUnit.MILLISECONDS.sleep(1_500);
            answer.write(new byte[PART]);
            assertThat(cut.getCount()).isEqualTo(1);
        }
    }

    @Test
    void anAnswerOfOnePartHasItsTimeToo() throws Exception {
        try (SlowReaders readers = new SlowReaders(Duration.ofMillis(100), PART)) {
            readers.cutOffLater(cut::countDown);
            assertThat(cut.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Each part takes 700 ms of the 3 s it may take; returns whether the answer was cut off. */
    private boolean write(int leastRate) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        OutputStream slow =
                new OutputStream() {
                    @Override
                    public void write(int one) {}

                    @Override
                    public void write(byte[] some, int from, int length) throws IOException {
                        try {
                            if (end.await(700, TimeUnit.MILLISECONDS)) {
                                throw new IOException("cut off");
                            }
                        } catch (InterruptedException e) {
                            throw new IOException(e);
                        }
                    }
                };
        try (SlowReaders readers = new SlowReaders(Duration.ofSeconds(3), leastRate)) {
            SlowReaders.Answer answer = readers.begin(slow, end::countDown);
            for (int i = 0; i < 6; i++) {
                answer.write(new byte[PART]);
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
