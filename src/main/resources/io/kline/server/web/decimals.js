/* Decimal text. Prices are shown digit by digit as the server wrote them; floats only place them on the canvas. */

/** Number of fraction digits. */
export function scaleOf(text) {
    const point = text.indexOf('.');
    return point < 0 ? 0 : text.length - point - 1;
}

/** The exact text with at least `scale` fraction digits and groups of three: 104250.5 → 104,250.50 */
export function exact(text, scale = 0) {
    const [whole, fraction = ''] = text.split('.');
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
    const padded = fraction.padEnd(scale, '0');
    return padded ? `${grouped}.${padded}` : grouped;
}

/** A place on the price axis, or any other number that was computed for display. */
export function rounded(number, scale) {
    return exact(number.toFixed(Math.min(scale, 18)));
}

/** Four digits at most, with a letter for thousands and more: 123456 → 123.5K, and 4.2e18 → 4.20e6T */
export function compact(number) {
    const letters = ['', 'K', 'M', 'B', 'T'];
    let letter = 0;
    let rest = number;
    while (Math.abs(rest) >= 999.95 && letter < letters.length - 1) {
        rest /= 1000;
        letter++;
    }
    if (Math.abs(rest) >= 999.95) {
        return rest.toExponential(2).replace('e+', 'e') + letters[letter];
    }
    if (letter > 0) {
        return rest.toFixed(rest < 99.95 ? 2 : 1) + letters[letter];
    }
    return plain(Number(rest.toPrecision(4)));
}

/** A small number without an exponent, as far as there are digits. */
function plain(number) {
    const text = String(number);
    return text.includes('e-') ? number.toFixed(Math.min(18, 3 + Number(text.split('e-')[1]))).replace(/\.?0+$/, '') : text;
}

/** Signed percentage from one price to another, with a real minus sign. */
export function change(from, to) {
    const percent = from === 0 ? 0 : ((to - from) / from) * 100;
    const text = Math.abs(percent).toFixed(2);
    const sign = text === '0.00' ? '' : percent > 0 ? '+' : '−';
    return `${sign}${text}%`;
}

/** "up", "down" or "flat", the classes that colour a change. */
export function direction(from, to) {
    return to > from ? 'up' : to < from ? 'down' : 'flat';
}
