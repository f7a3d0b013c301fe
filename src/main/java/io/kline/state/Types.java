package io.kline.state;

import io.kline.dedupe.SeenIds;
import io.kline.fold.SymbolCandles;
import io.kline.model.Candle;
import io.kline.model.LateTrade;
import io.kline.model.Trade;
import io.kline.source.Inbound;
import io.kline.store.KlineEvent;
import io.kline.window.Partial;
import io.kline.window.PendingTrades;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The types of the jobs' streams and states. */
public final class Types {

    public static final TypeInformation<Trade> TRADE =
            new ValueType<>(Trade.class, TradeSerializer.INSTANCE);

    public static final TypeInformation<Inbound> INBOUND =
            new ValueType<>(Inbound.class, InboundSerializer.INSTANCE);

    public static final TypeInformation<SeenIds> SEEN_IDS =
            new ValueType<>(SeenIds.class, SeenIdsSerializer.INSTANCE);

    public static final TypeInformation<Partial> PARTIAL =
            new ValueType<>(Partial.class, PartialSerializer.INSTANCE);

    public static final TypeInformation<PendingTrades> PENDING_TRADES =
            new ValueType<>(PendingTrades.class, PendingTradesSerializer.INSTANCE);

    public static final TypeInformation<SymbolCandles> SYMBOL_CANDLES =
            new ValueType<>(SymbolCandles.class, SymbolCandlesSerializer.INSTANCE);

    public static final TypeInformation<Candle> CANDLE =
            new ValueType<>(Candle.class, CandleSerializer.INSTANCE);

    public static final TypeInformation<LateTrade> LATE_TRADE =
            new ValueType<>(LateTrade.class, LateTradeSerializer.INSTANCE);

    public static final TypeInformation<KlineEvent> KLINE_EVENT =
            new ValueType<>(KlineEvent.class, KlineEventSerializer.INSTANCE);

    private Types() {}
}
