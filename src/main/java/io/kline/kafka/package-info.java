/**
 * The three topics: trades in, klines out and in, dead letters out.
 *
 * <pre>
 *   trades ───► TradesTopic
 *               TradeDeserializer ──────► Inbound: Accepted, Rejected or Ignored
 *                 TradeParser             what is a trade
 *                 CatchingUp              whether its partition is behind
 *               TradeWatermarks           only trades move time
 *   klines ◄─── KlinesTopic               closed candles, late trades
 *          ◄─── StoredCandlesTopic        candles that the corrector changed
 *          ───► KlineEventDeserializer    KlineEvent; foreign records are set aside
 *   dead   ◄─── DeadLetterTopic           the record as it was, and a Reason
 * </pre>
 *
 * <p>{@link io.kline.kafka.CommittedOffsets} says where reading starts, {@link
 * io.kline.kafka.KeptTopicId} whether the topic is still the same.
 */
package io.kline.kafka;
