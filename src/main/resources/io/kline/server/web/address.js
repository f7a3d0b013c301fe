/* The part of the address that says what is shown: #BTCUSDT/1m, #BTCUSDT/1m/ma20,rsi14 or #BTCUSDT/1m/ma20,vs:ETHUSDT. */

const COMPARED = 'vs:';

export function hashOf(symbol, interval, studies = [], compared = null) {
    const more = [...studies, ...(compared ? [COMPARED + encodeURIComponent(compared)] : [])];
    return `#${encodeURIComponent(symbol)}/${interval}${more.length > 0 ? `/${more.join(',')}` : ''}`;
}

/** What such a hash says; the symbol is null if it names none, or nothing that can be one: `name` is what it says. */
export function read(hash) {
    const [name, interval, more = ''] = hash.slice(1).split('/');
    const symbol = decoded(name).normalize('NFC').toUpperCase();
    // No symbol has a comma or a percent sign: what was encoded once more on its way is decoded twice.
    const parts = decoded(more)
        .split(',')
        .filter((part) => part);
    const compared = decoded(parts.find((part) => part.startsWith(COMPARED))?.slice(COMPARED.length) ?? '').toUpperCase();
    return {
        symbol: isSymbol(symbol) ? symbol : null,
        name: decoded(name) || name,
        interval,
        studies: parts.filter((part) => !part.startsWith(COMPARED)),
        compared: isSymbol(compared) ? compared : null,
    };
}

function decoded(text) {
    try {
        return decodeURIComponent(text);
    } catch {
        return '';
    }
}

function isSymbol(text) {
    return /^[\p{L}\p{Nd}._-]{1,32}$/u.test(text) && text === text.toUpperCase() && text === text.normalize('NFC');
}
