/** The part of the address that says which candles are shown, as #BTCUSDT/1m. */
export const hashOf = (symbol, interval) => `#${encodeURIComponent(symbol)}/${interval}`;

/** Symbol and interval of such a hash; null and whatever there is if it names no symbol. */
export function read(hash) {
    const [name, interval] = hash.slice(1).split('/');
    const symbol = decoded(name);
    return { symbol: isSymbol(symbol) ? symbol : null, interval };
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
