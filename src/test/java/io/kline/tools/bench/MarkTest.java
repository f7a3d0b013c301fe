package io.kline.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkTest {

    @Test
    void isReadBackFromItsLine() {
        Mark mark = new Mark(Mark.WARM, 1_000_500);
        assertThat(mark.line()).isEqualTo("MARK warm 1000500");
        assertThat(Mark.of(mark.line())).contains(mark);
        assertThat(Mark.of("MARK done 7")).contains(new Mark(Mark.DONE, 7));
    }

    @Test
    void otherLinesAreNone() {
        assertThat(Mark.of("MARK cold 7")).isEmpty();
        assertThat(Mark.of("MARK done 7 of 8")).isEmpty();
        assertThat(Mark.of("MARK done")).isEmpty();
        assertThat(Mark.of("")).isEmpty();
    }
}
