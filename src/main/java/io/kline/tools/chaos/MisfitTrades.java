package io.kline.tools.chaos;

import io.kline.store.TradeJson;

/** Valid trades that come again, overlap others, have a used id, or are of nothing. */
final class MisfitTrades {

    private static final String SYMBOL = "MISFITUSDT";
    private static final String OF_ANY_SCRIPT = "币安人生USDT";

    private final RawTopic trades;
    private final long firstId;
    private long rounds;

    /**
     * @param firstId above all ids of earlier ones
     */
    MisfitTrades(RawTopic trades, long firstId) {
        this.trades = trades;
        this.firstId = firstId;
    }

    /**
     * Sends a round of them. All have the key of another symbol.
     *
     * @param now ms
     */
    void send(long now) {
        long id = firstId + 10 * rounds++;
        send(TradeJson.write(OF_ANY_SCRIPT, id, "1.5", "2", now, true, now));
        byte[] trade =
                TradeJson.writeAggregate(SYMBOL, id, "2.5", "3", id, id + 4, now, false, now);
        send(trade);
        send(trade);
        send(TradeJson.writeAggregate(SYMBOL, id, "2.5", "3", id + 4, id + 6, now, false, now));
        send(TradeJson.write(SYMBOL, id, "9.5", "3", now + 1, false, now));
        send(TradeJson.write(SYMBOL, id + 7, "0", "3", now, false, now));
        send(TradeJson.write(SYMBOL, id + 8, "2", "0.000", now, false, now));
    }

    private void send(byte[] value) {
        trades.send("ANOTHERUSDT", value);
    }

    /** Throws if the live job has not seen what they are. */
    void require(World world) {
        for (String reason : new String[] {"overlapping-executions", "id-reused"}) {
            double counted = world.jobs().metric(world.jobs().live(), reason + ".deadLetters");
            FeedFaults.require(counted >= rounds, reason + ": " + counted + " of " + rounds);
        }
    }
}
