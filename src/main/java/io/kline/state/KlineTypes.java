package io.kline.state;

import io.kline.candle.SymbolCandles;
import io.kline.model.Candle;
import io.kline.model.DeadLetter;
import io.kline.model.Inbound;
import io.kline.model.Inbound.Accepted;
import io.kline.model.KlineEvent;
import io.kline.model.LateTrade;
import io.kline.model.TradeBundle;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The types of all streams and states. */
public final class KlineTypes {

    public static final TypeInformation<Inbound> INBOUND =
            new ValueType<>(Inbound.class, InboundSerializer.INSTANCE);

    public static final TypeInformation<Accepted> ACCEPTED =
            new ValueType<>(Accepted.class, AcceptedSerializer.INSTANCE);

    public static final TypeInformation<TradeBundle> TRADE_BUNDLE =
            new ValueType<>(TradeBundle.class, TradeBundleSerializer.INSTANCE);

    public static final TypeInformation<DeadLetter> DEAD_LETTER =
            new ValueType<>(DeadLetter.class, DeadLetterSerializer.INSTANCE);

    public static final TypeInformation<SymbolCandles> SYMBOL_CANDLES =
            new ValueType<>(SymbolCandles.class, SymbolCandlesSerializer.INSTANCE);

    public static final TypeInformation<Candle> CANDLE =
            new ValueType<>(Candle.class, CandleSerializer.INSTANCE);

    public static final TypeInformation<LateTrade> LATE_TRADE =
            new ValueType<>(LateTrade.class, LateTradeSerializer.INSTANCE);

    public static final TypeInformation<KlineEvent> KLINE_EVENT =
            new ValueType<>(KlineEvent.class, KlineEventSerializer.INSTANCE);

    private KlineTypes() {}
}
