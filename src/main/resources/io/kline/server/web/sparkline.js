import { direction } from './decimals.js';

const WIDTH = 120;
const HEIGHT = 32;

/** Draws the course of a row's day into its cell. */
export function draw({ trend, cells }) {
    const prices = trend.flatMap(({ open, price }) => (open === undefined ? [price] : [open, price]));
    if (prices.length < 2) {
        return;
    }
    const low = Math.min(...prices);
    const range = Math.max(...prices) - low || 1;
    const points = prices.map((price, index) => {
        const x = (index / (prices.length - 1)) * WIDTH;
        const y = 2 + (1 - (price - low) / range) * (HEIGHT - 4);
        return `${x.toFixed(1)} ${y.toFixed(1)}`;
    });
    let svg = cells.trend.firstChild;
    if (!svg) {
        svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
        svg.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
        svg.setAttribute('preserveAspectRatio', 'none');
        svg.setAttribute('aria-hidden', 'true');
        for (const part of ['area', 'path']) {
            const path = document.createElementNS(svg.namespaceURI, 'path');
            path.setAttribute('class', part);
            svg.append(path);
        }
        cells.trend.append(svg);
    }
    svg.setAttribute('class', direction(prices[0], prices.at(-1)));
    svg.firstChild.setAttribute('d', `M0 ${HEIGHT}L${points.join('L')}L${WIDTH} ${HEIGHT}Z`);
    svg.lastChild.setAttribute('d', `M${points.join('L')}`);
}
