package io.kline.model;

import io.kline.model.Inbound.Accepted;
import java.util.List;

/**
 * Trades of a symbol that travel to its subtask together, in the order of their records.
 *
 * @param symbol of all of them
 * @param trades at least one
 */
public record TradeBundle(String symbol, List<Accepted> trades) {}
