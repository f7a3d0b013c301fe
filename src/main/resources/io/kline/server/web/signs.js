/** What is said of a candle, by the kind of its sign. */
export const SIGNS = { gap: 'behind a gap', incomplete: 'lacks executions', corrected: 'corrected' };

/** Where half of the candles lack more of their ids, the exchange does not number the executions of a symbol one by one. */
const MOST_MISSING = 0.2;

/**
 * The signs of klines, oldest first: [{ time, kind }].
 *
 * @param corrected open times of those that late trades have corrected
 */
export function signs(klines, corrected) {
    const numbered = isNumbered(klines);
    return klines.flatMap((kline, index) => {
        const kinds = [];
        if (index > 0 && kline.t > klines[index - 1].T + 1) {
            kinds.push('gap');
        } else if (numbered && kline.complete === false) {
            kinds.push('incomplete');
        }
        if (corrected.has(kline.t)) {
            kinds.push('corrected');
        }
        return kinds.map((kind) => ({ time: kline.t, kind }));
    });
}

/** What lacks between two candles says nothing: the feed may have been away. */
function isNumbered(klines) {
    const several = klines.filter(({ n }) => n > 1);
    const lacking = several.filter(({ f, L, n }) => L - f + 1 - n > (L - f + 1) * MOST_MISSING);
    return lacking.length < several.length / 2;
}
