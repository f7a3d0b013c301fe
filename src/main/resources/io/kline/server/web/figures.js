import { isIntraday } from './clock.js';
import { change, direction, exact, rounded, scaleOf } from './decimals.js';
import { element } from './dom.js';
import { SIGNS } from './signs.js';

/** The figures of one candle, to the digit, in a line over the chart, and what its marks mean. */
export function showFigures(target, kline, market, scale, zone, marks = []) {
    if (!kline) {
        target.replaceChildren();
        return;
    }
    const { o, h, l, c, v, n } = kline;
    const colour = kline.n === 0 ? 'flat' : direction(Number(o), Number(c));
    const digits = Math.max(scale, ...[o, h, l, c].map(scaleOf));
    const figure = (name, text, className = '') => element('span', { className }, element('abbr', {}, name), element('b', {}, text));
    const price = (name, text) => element('span', { className: 'price-figure' }, element('abbr', {}, name), element('b', { className: colour }, exact(text, digits)));
    target.replaceChildren(
        element('time', { dateTime: new Date(kline.t).toISOString() }, zone.full(kline.t, isIntraday(kline.i))),
        price('O', o),
        price('H', h),
        price('L', l),
        price('C', c),
        element('span', {}, element('b', { className: colour }, change(Number(o), Number(c)))),
        figure('Vol', `${exact(v)} ${market.base}`, 'volume-figure'),
        figure('Trades', exact(String(n)), 'trades-figure'),
        ...marks.map(({ kind }) => element('span', { className: 'mark' }, SIGNS[kind])),
    );
}

/** The values of indicators at one candle. */
export function showStudies(target, studies, scale) {
    target.replaceChildren(
        ...studies.map(({ title, values }) => {
            const texts = values.map(({ value, colour }) => {
                const text = element('b', {}, value === null ? '–' : rounded(value, title.startsWith('RSI') ? 2 : Math.max(2, scale)));
                text.style.color = colour;
                return text;
            });
            return element('span', {}, element('abbr', {}, title), ...texts);
        }),
    );
}

/** A candle in words, for who hears and does not see it. */
export function spoken({ t, i, o, h, l, c, v }, scale, zone, marks = []) {
    const prices = Object.entries({ open: o, high: h, low: l, close: c }).map(([name, text]) => `${name} ${exact(text, scale)}`);
    return [zone.full(t, isIntraday(i)), ...prices, `volume ${exact(v)}`, ...marks.map(({ kind }) => SIGNS[kind])].join(', ');
}
