package io.kline.history;

import io.kline.kafka.StoredCandlesTopic;
import io.kline.model.LateTrade;
import io.kline.store.mysql.MysqlLogin;
import java.time.ZoneOffset;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Corrects stored candles by late trades, each exactly once: the ledger of applied trades is
 * written in the transaction of the candle. Has to be in one job, behind one source, with the sink
 * of the candles: a completed checkpoint then means that the candles before a late trade are
 * stored.
 *
 * <p>MySQL or Kafka away fails the job; the trades are in the committer's state until they are
 * applied.
 */
public final class CorrectorSink implements Sink<LateTrade>, SupportsCommitter<LateTrades> {

    private final MysqlLogin mysql;
    private final ZoneOffset offset;
    private final String topic;
    private final Properties kafka;

    /**
     * @param mysql where candles are stored
     * @param offset the zone that candles are aligned in
     * @param topic the topic of klines, for the corrected candles
     * @param kafka connection properties
     */
    public CorrectorSink(MysqlLogin mysql, ZoneOffset offset, String topic, Properties kafka) {
        this.mysql = mysql;
        this.offset = offset;
        this.topic = topic;
        this.kafka = kafka;
    }

    @Override
    public CommittingSinkWriter<LateTrade, LateTrades> createWriter(WriterInitContext context) {
        return new LateTradeWriter(offset);
    }

    @Override
    public Committer<LateTrades> createCommitter(CommitterInitContext context) {
        CorrectorMetrics metrics = new CorrectorMetrics(context.metricGroup());
        return new Corrector(
                new CorrectCandles(offset),
                new Transactions(mysql, metrics::attemptFailed),
                new StoredCandlesTopic(topic, kafka),
                metrics);
    }

    @Override
    public SimpleVersionedSerializer<LateTrades> getCommittableSerializer() {
        return new LateTradesSerializer();
    }
}
