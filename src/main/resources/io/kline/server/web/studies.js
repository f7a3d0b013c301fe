import { bollinger, ema, macd, rsi, sma, vwap } from './indicators.js';
import { HistogramSeries, LineSeries } from './lib/lightweight-charts.js';

const DAY = 86_400_000;
/** Candles of a day, at most: where clocks go back it has more than 24 hours. */
const MINUTES = 1560;
const LINE = { lineWidth: 1, priceLineVisible: false, lastValueVisible: false, crosshairMarkerVisible: false };
const COLOURS = ['study-1', 'study-2', 'study-3', 'study-4', 'study-5', 'study-6'];

/**
 * Kinds by the letters of their ids: what they draw over the candles, or in a pane of their own, and how many candles the
 * last value needs. Exponential means need all there are; what is left out of them is less than a billionth.
 */
const KINDS = {
    ma: { title: (period) => `MA ${period}`, reach: (period) => period, lines: (data, period) => [sma(data.closes, period)] },
    ema: { title: (period) => `EMA ${period}`, reach: (period) => 20 * period, lines: (data, period) => [ema(data.closes, period)] },
    vwap: { title: () => 'VWAP', reach: () => MINUTES + 1, lines: (data, _, zone, isWhole) => [vwap(data, (open) => Math.floor((open + zone.offsetAt(open)) / DAY), isWhole)] },
    bb: {
        title: (period) => `Bollinger ${period}, 2`,
        reach: (period) => period,
        lines: (data, period) => {
            const { upper, middle, lower } = bollinger(data.closes, period, 2);
            return [upper, middle, lower];
        },
    },
    rsi: {
        title: (period) => `RSI ${period}`,
        reach: (period) => 30 * period,
        isApart: true,
        levels: [30, 70],
        options: { priceFormat: { type: 'price', precision: 0, minMove: 1 }, autoscaleInfoProvider: () => ({ priceRange: { minValue: 10, maxValue: 90 } }) },
        lines: (data, period) => [rsi(data.closes, period)],
    },
    macd: {
        title: () => 'MACD 12, 26, 9',
        reach: () => 600,
        isApart: true,
        hasHistogram: true,
        lines: (data) => {
            const { line, signal, histogram } = macd(data.closes, 12, 26, 9);
            return [histogram, line, signal];
        },
    },
};

/** What the menu offers. The address may hold other periods, such as ma7. */
export const OFFERED = ['ma20', 'ma50', 'ma200', 'ema9', 'ema21', 'ema55', 'vwap', 'bb20', 'rsi14', 'macd'];

const MOST = 8;

/** Ids that name studies, each once. */
export function known(ids) {
    const isKnown = (id) => {
        const { kind, period } = parts(id);
        return Object.hasOwn(KINDS, kind) && (['vwap', 'macd'].includes(kind) ? !period : period >= 2 && period <= 500);
    };
    return [...new Set(ids)].filter(isKnown).slice(0, MOST);
}

export function titleOf(id) {
    const { kind, period } = parts(id);
    return KINDS[kind].title(period);
}

function parts(id) {
    const [, kind, digits] = /^([a-z]+)(\d{0,3})$/.exec(id) ?? [null, '', ''];
    return { kind, period: Number(digits) };
}

/** The indicators that are drawn on a chart. */
export class Studies {
    #chart;
    #drawn = [];
    #values = new Map();
    #isInPercent = false;
    #rise = '';
    #fall = '';

    constructor(chart) {
        this.#chart = chart;
    }

    /** Ids with the latest value of each line, of the candle at an index. */
    at(index) {
        return this.#drawn.map(({ id, series }) => ({
            id,
            title: titleOf(id),
            values: (this.#values.get(id) ?? []).map((values, line) => ({ value: values[index] ?? null, colour: series[line].options().color })),
        }));
    }

    /** The library measures each line in percent of its own first value, where lines over candles do not belong. */
    set isInPercent(isInPercent) {
        this.#isInPercent = isInPercent;
        this.#drawn
            .filter(({ kind }) => !KINDS[kind].isApart)
            .flatMap(({ series }) => series)
            .forEach((series) => series.applyOptions({ visible: !isInPercent }));
    }

    /** Draws others. */
    choose(ids, colours, format) {
        this.#drawn.flatMap(({ series }) => series).forEach((series) => this.#chart.removeSeries(series));
        this.#values.clear();
        // Panes that became empty go by themselves.
        let pane = 1;
        this.#rise = colours['bar-up'];
        this.#fall = colours['bar-down'];
        this.#drawn = ids.map((id, at) => {
            const { kind, period } = parts(id);
            const own = KINDS[kind].isApart ? pane++ : 0;
            const colour = (line) => colours[COLOURS[(at + line) % COLOURS.length]];
            const count = { bb: 3, macd: 3 }[kind] ?? 1;
            const series = Array.from({ length: count }, (_, line) => {
                const isBars = KINDS[kind].hasHistogram && line === 0;
                const options = { ...LINE, visible: own > 0 || !this.#isInPercent, priceFormat: format, ...KINDS[kind].options, color: kind === 'bb' ? colour(0) : colour(line) };
                return this.#chart.addSeries(isBars ? HistogramSeries : LineSeries, options, own);
            });
            if (own > 0) {
                series[0].priceScale().applyOptions({ mode: 0, scaleMargins: { top: 0.15, bottom: 0.1 } });
            }
            (KINDS[kind].levels ?? []).forEach((price) => series[0].createPriceLine({ price, color: colours.line, lineWidth: 1, lineStyle: 2, axisLabelVisible: false }));
            return { id, kind, period, series };
        });
        this.#chart.panes().forEach((each, at) => each.setStretchFactor(at === 0 ? 4 : 1));
    }

    /**
     * Draws all figures again, or only what follows from the last candle.
     *
     * @param columns numbers of the candles from an index on
     * @param count of candles
     * @param zone whose days VWAP begins with
     * @param isWhole whether nothing is before the first candle
     */
    draw(columns, count, zone, isWhole, onlyLast) {
        for (const { id, kind, period, series } of this.#drawn) {
            const from = onlyLast ? Math.max(0, count - KINDS[kind].reach(period)) : 0;
            const data = columns(from);
            const lines = KINDS[kind].lines(data, period, zone, isWhole && from === 0);
            lines.forEach((values, line) => {
                const colour = (value) => (KINDS[kind].hasHistogram && line === 0 ? { color: value < 0 ? this.#fall : this.#rise } : {});
                const point = (value, at) => ({ time: data.opens[at] / 1000, ...(value === null ? {} : { value, ...colour(value) }) });
                if (onlyLast) {
                    series[line].update(point(values.at(-1), values.length - 1));
                    this.#values.get(id)[line][count - 1] = values.at(-1);
                } else {
                    series[line].setData(values.map(point));
                }
            });
            if (!onlyLast) {
                this.#values.set(id, lines);
            }
        }
    }
}
