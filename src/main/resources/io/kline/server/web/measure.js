import { lengthOf } from './clock.js';
import { change, direction, rounded } from './decimals.js';
import { element } from './dom.js';

/**
 * The tool that measures between two places of a chart: drag with Shift, or after the tool was chosen. It shows the
 * difference of prices, its percentage, candles and time, until the next press.
 */
export class Measure {
    #chart;
    #box = element('div', { className: 'measure', hidden: true });
    #text = element('output');
    #start = null;

    constructor(chart, canvas) {
        this.#chart = chart;
        this.#box.append(this.#text);
        chart.append(this.#box);
        canvas.addEventListener('pointerdown', (event) => this.#begin(event, canvas), { capture: true });
        canvas.addEventListener('pointermove', (event) => this.#start && this.#show(event), { capture: true });
        canvas.addEventListener('pointerup', (event) => this.#end(event), { capture: true });
        for (const type of ['mousedown', 'touchstart', 'wheel']) {
            canvas.addEventListener(type, (event) => this.#start && event.stopPropagation(), { capture: true });
        }
    }

    #begin(event, canvas) {
        this.#box.hidden = true;
        if (event.shiftKey || this.#chart.dataset.tool === 'measure') {
            this.#start = { x: event.offsetX, y: event.offsetY, ...this.#at(event) };
            canvas.setPointerCapture(event.pointerId);
            event.stopPropagation();
        }
    }

    #end(event) {
        if (this.#start) {
            event.stopPropagation();
            this.#start = null;
            delete this.#chart.dataset.tool;
            this.#chart.dispatchEvent(new Event('measured'));
        }
    }

    #place(event) {
        const frame = this.#chart.getBoundingClientRect();
        return { x: event.clientX - frame.left, y: event.clientY - frame.top };
    }

    #at(event) {
        const { x, y } = this.#place(event);
        const { chart, main } = this.#chart.library;
        return { x, y, price: main.coordinateToPrice(y), index: chart.timeScale().coordinateToLogical(x) };
    }

    #show(event) {
        event.stopPropagation();
        const end = this.#at(event);
        const start = this.#start;
        if (end.price === null || start.price === null) {
            return;
        }
        const candles = end.index - start.index;
        const minutes = (Math.abs(candles) * lengthOf(this.#chart.interval)) / 60_000;
        this.#box.hidden = false;
        this.#box.className = `measure ${direction(start.price, end.price)}`;
        Object.assign(this.#box.style, {
            left: `${Math.min(start.x, end.x)}px`,
            top: `${Math.min(start.y, end.y)}px`,
            width: `${Math.abs(end.x - start.x)}px`,
            height: `${Math.abs(end.y - start.y)}px`,
        });
        const difference = rounded(Math.abs(end.price - start.price), this.#chart.scale);
        this.#text.textContent = `${end.price < start.price ? '−' : '+'}${difference} (${change(start.price, end.price)}) · ${candles} candles · ${span(minutes)}`;
    }
}

/** Minutes as days, hours and minutes. */
function span(minutes) {
    const parts = [
        [Math.floor(minutes / 1440), 'd'],
        [Math.floor((minutes % 1440) / 60), 'h'],
        [minutes % 60, 'm'],
    ].filter(([count]) => count > 0);
    return parts.map(([count, unit]) => `${count}${unit}`).join(' ') || '0m';
}
