/** What is said of a candle, by the kind of its sign. */
export const SIGNS = { gap: 'behind a gap', incomplete: 'lacks executions', corrected: 'corrected' };

/** Where more of the ids are missing, the exchange does not number the executions of a symbol one by one. */
const MOST_MISSING = 0.2;

/**
 * The signs of klines, oldest first: [{ time, kind }].
 *
 * @param corrected open times of those that late trades have corrected
 */
export function signs(klines, corrected) {
    const tells = isNumbered(klines.filter(({ n }) => n > 0));
    return klines.flatMap((kline, index) => {
        const kinds = [];
        if (index > 0 && kline.t > klines[index - 1].T + 1) {
            kinds.push('gap');
        } else if (tells && kline.complete === false) {
            kinds.push('incomplete');
        }
        if (corrected.has(kline.t)) {
            kinds.push('corrected');
        }
        return kinds.map((kind) => ({ time: kline.t, kind }));
    });
}

function isNumbered(traded) {
    const counted = traded.reduce((sum, { n }) => sum + n, 0);
    const numbers = traded.at(-1)?.L - traded[0]?.f + 1;
    return numbers - counted <= numbers * MOST_MISSING;
}
