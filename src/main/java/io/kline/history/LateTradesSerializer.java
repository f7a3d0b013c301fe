package io.kline.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kline.model.KlineEvent;
import io.kline.model.LateTrade;
import io.kline.store.KlineJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Late trades in the committer's state: their number, then the topic's event of each in UTF-8. */
final class LateTradesSerializer implements SimpleVersionedSerializer<LateTrades> {

    /**
     * Events since version 2 also say where a price ends to be carried and what the live job has
     * counted, since version 3 whether late trades may be in that. The layout is the same: what an
     * older event lacks is read as not known. The number keeps an older program from reading them
     * without it.
     */
    private static final int VERSION = 3;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(LateTrades late) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(late.trades().size());
        for (LateTrade trade : late.trades()) {
            byte[] event = KlineJson.writeEvent(trade, trade.trade().time()).getBytes(UTF_8);
            out.writeInt(event.length);
            out.write(event);
        }
        return bytes.toByteArray();
    }

    /**
     * @throws IOException if it was written by a later version, or is damaged
     */
    @Override
    public LateTrades deserialize(int version, byte[] serialized) throws IOException {
        if (version < 1 || version > VERSION) {
            throw new IOException("unknown version of the corrector's state: " + version);
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
        List<LateTrade> trades = new ArrayList<>();
        for (int rest = in.readInt(); rest > 0; rest--) {
            byte[] event = new byte[in.readInt()];
            in.readFully(event);
            trades.add(lateTrade(event));
        }
        return new LateTrades(trades);
    }

    private static LateTrade lateTrade(byte[] event) throws IOException {
        try {
            if (KlineJson.readEvent(event) instanceof KlineEvent.Late late) {
                return late.late();
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("damaged state of the corrector", e);
        }
        throw new IOException("damaged state of the corrector");
    }
}
