const FEWEST = 15;

/** What the keys do on a chart. */
export function pressed(chart, event) {
    const { from, to } = chart.view;
    const span = to - from;
    const move = (candles) => (chart.view = { from: from + candles, to: to + candles });
    const zoom = (factor) => (chart.view = { from: to - Math.max(FEWEST, span * factor), to });
    const actions = {
        ArrowLeft: () => (event.shiftKey ? move(-span / 4) : chart.point(-1)),
        ArrowRight: () => (event.shiftKey ? move(span / 4) : chart.point(1)),
        PageUp: () => move(-span),
        PageDown: () => move(span),
        Home: () => move(-from),
        End: () => chart.showNewest(),
        '+': () => zoom(0.8),
        '-': () => zoom(1.25),
        Escape: () => chart.unpoint(),
    };
    if (Object.hasOwn(actions, event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        actions[event.key]();
    }
}
