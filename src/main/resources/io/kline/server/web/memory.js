/* What the reader chose. Browsers may refuse to keep anything; then it holds until the page is left. */

const unkept = new Map();

export function recall(key) {
    try {
        return localStorage.getItem(key);
    } catch {
        return unkept.get(key) ?? null;
    }
}

export function keep(key, value) {
    try {
        localStorage.setItem(key, value);
    } catch {
        unkept.set(key, value);
    }
}
