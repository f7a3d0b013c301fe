package io.kline.tools.bench.peers;

/** Another way to make candles of the same records. */
interface Peer {

    /**
     * Reads all records of the input.
     *
     * @return its last candles of a minute, once all of its outputs are out
     */
    MinuteCandles run(PeerInput input) throws Exception;
}
