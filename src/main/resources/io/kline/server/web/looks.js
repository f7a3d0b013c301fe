/* How the chart's parts look, by the colours of the style sheet. */

const COLOURS = ['up', 'down', 'flat', 'text', 'muted', 'line', 'grid', 'panel', 'raised', 'bar-up', 'bar-down', 'accent', 'tint', 'warn', 'border', 'study-1', 'study-2', 'study-3', 'study-4', 'study-5', 'study-6'];
const SHAPES = { gap: 'square', incomplete: 'arrowUp', corrected: 'circle' };

/** The colours of a style, by their names. */
export function coloursOf(style) {
    return Object.fromEntries(COLOURS.map((name) => [name, style.getPropertyValue(`--${name}`)]));
}

export function chartLook({ panel, muted, grid, line, raised, border }, fontFamily) {
    const pointer = { color: line, labelBackgroundColor: document.documentElement.dataset.theme === 'light' ? muted : raised };
    return {
        layout: { background: { color: panel }, textColor: muted, fontFamily, panes: { separatorColor: border } },
        grid: { vertLines: { color: grid }, horzLines: { color: grid } },
        crosshair: { vertLine: pointer, horzLine: pointer },
    };
}

/** Of candles, bars, lines and areas. */
export function seriesLook({ up, down, accent, tint, panel, line }) {
    const candles = { upColor: up, downColor: down, wickUpColor: up, wickDownColor: down, borderUpColor: up, borderDownColor: down };
    return { ...candles, color: accent, lineColor: accent, topColor: tint, bottomColor: `${panel}00`, lineWidth: 2, baseLineColor: line };
}

/** The sign at a candle. */
export function markLook({ time, kind }, { warn, accent }) {
    const isAbove = kind === 'corrected';
    return { time: time / 1000, position: isAbove ? 'aboveBar' : 'belowBar', shape: SHAPES[kind], color: isAbove ? accent : warn, size: 0.6 };
}
