/*
 * Indicators as they are published: arrays of numbers, one for each candle, null where there are too few before it.
 * They are drawn and never traded on, so floats do.
 */

/** Mean of the last values. */
export function sma(values, period) {
    const means = [];
    let sum = 0;
    let known = 0;
    values.forEach((value, index) => {
        if (value === null) {
            means.push(null);
            return;
        }
        sum += value;
        known++;
        if (known > period) {
            sum -= values[index - period];
        }
        means.push(known >= period ? sum / period : null);
    });
    return means;
}

/** Exponential mean, begun with the mean of the first values; nulls in front are passed over. */
export function ema(values, period) {
    return smoothed(values, period, 2 / (period + 1));
}

/**
 * Prices weighted by volume since the day began; `opens` are times, `dayOf` tells days apart. A day whose beginning is
 * not there has none, unless nothing was before: `isWhole`.
 */
export function vwap({ highs, lows, closes, volumes, opens }, dayOf, isWhole = false) {
    let day = isWhole || opens.length === 0 ? null : dayOf(opens[0] - 1);
    let isKnown = isWhole;
    let amount = 0;
    let volume = 0;
    return closes.map((close, index) => {
        if (dayOf(opens[index]) !== day) {
            day = dayOf(opens[index]);
            isKnown = true;
            amount = 0;
            volume = 0;
        }
        amount += ((highs[index] + lows[index] + close) / 3) * volumes[index];
        volume += volumes[index];
        return isKnown && volume > 0 ? amount / volume : null;
    });
}

/** Bollinger's bands: the mean, and so many standard deviations of the population above and below it. */
export function bollinger(values, period, deviations) {
    const middle = sma(values, period);
    const spread = middle.map((mean, index) => {
        if (mean === null) {
            return null;
        }
        let squares = 0;
        for (let at = index - period + 1; at <= index; at++) {
            squares += (values[at] - mean) ** 2;
        }
        return deviations * Math.sqrt(squares / period);
    });
    return {
        middle,
        upper: middle.map((mean, index) => (mean === null ? null : mean + spread[index])),
        lower: middle.map((mean, index) => (mean === null ? null : mean - spread[index])),
    };
}

/** Wilder's relative strength, 0 to 100. */
export function rsi(values, period) {
    const changes = values.map((value, index) => (index === 0 ? null : value - values[index - 1]));
    const gains = smoothed(changes.map((change) => (change === null ? null : Math.max(change, 0))), period, 1 / period);
    const losses = smoothed(changes.map((change) => (change === null ? null : Math.max(-change, 0))), period, 1 / period);
    return gains.map((gain, index) => {
        if (gain === null) {
            return null;
        }
        return losses[index] === 0 ? (gain === 0 ? 50 : 100) : 100 - 100 / (1 + gain / losses[index]);
    });
}

/** Difference of two exponential means, its own mean as signal, and the difference of both. */
export function macd(values, fast, slow, signalPeriod) {
    const fasts = ema(values, fast);
    const line = ema(values, slow).map((mean, index) => (mean === null ? null : fasts[index] - mean));
    const signal = ema(line, signalPeriod);
    return { line, signal, histogram: signal.map((mean, index) => (mean === null ? null : line[index] - mean)) };
}

/** Heikin-Ashi candles of rows of open, high, low, close; the one before the first row, if there is one. */
export function heikinAshi(rows, first = null) {
    let before = first;
    return rows.map(({ open, high, low, close }) => {
        const mean = (open + high + low + close) / 4;
        const begin = before ? (before.open + before.close) / 2 : (open + close) / 2;
        before = { open: begin, high: Math.max(high, begin, mean), low: Math.min(low, begin, mean), close: mean };
        return before;
    });
}

function smoothed(values, period, weight) {
    let mean = null;
    let sum = 0;
    let known = 0;
    return values.map((value) => {
        if (value === null) {
            return null;
        }
        known++;
        if (known <= period) {
            sum += value;
            mean = known === period ? sum / period : null;
        } else {
            mean += weight * (value - mean);
        }
        return mean;
    });
}
