package io.kline.state;

import io.kline.model.Ohlcv;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;

/**
 * Reads the contents of a symbol's candles. Equal ones in a row are one object again, as they were
 * before the snapshot: a symbol that has traded once has the same in every interval.
 */
final class SharedContents {

    private Ohlcv last;

    Ohlcv read(DataInputView source) throws IOException {
        Ohlcv next = OhlcvFields.read(source);
        last = next.equals(last) ? last : next;
        return last;
    }
}
