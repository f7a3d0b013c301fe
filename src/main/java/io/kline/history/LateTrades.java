package io.kline.history;

import io.kline.model.LateTrade;
import java.util.List;

/**
 * Late trades between two checkpoints, all or some of them: what the committer is given.
 *
 * @param trades in the order of their arrival
 */
record LateTrades(List<LateTrade> trades) {}
