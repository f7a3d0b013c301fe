import { change, direction, rounded } from './decimals.js';
import { element } from './dom.js';

/**
 * The tool that measures between two candles of a chart: drag with Shift, or after the tool was chosen. It shows the
 * difference of prices, its percentage, candles and time, until the next press. Its ends are times and prices: it stays
 * with them when candles come, and goes with the candles.
 */
export class Measure {
    #chart;
    #canvas;
    #box = element('div', { className: 'measure', hidden: true });
    #text = element('output');
    #start = null;
    #end = null;
    #isDragged = false;

    constructor(chart, canvas) {
        this.#chart = chart;
        this.#canvas = canvas;
        this.#box.append(this.#text);
        chart.append(this.#box);
        canvas.addEventListener('pointerdown', (event) => this.#press(event), { capture: true });
        canvas.addEventListener('pointermove', (event) => this.#isDragged && this.#drag(event), { capture: true });
        canvas.addEventListener('pointerup', (event) => this.#isDragged && this.#leave(event), { capture: true });
        canvas.addEventListener('pointercancel', (event) => {
            if (this.#isDragged) {
                this.hide();
                this.#leave(event);
            }
        });
        for (const type of ['mousedown', 'touchstart', 'wheel']) {
            canvas.addEventListener(type, (event) => this.#isDragged && event.stopPropagation(), { capture: true });
        }
    }

    hide() {
        this.#start = null;
        this.#end = null;
        this.#box.hidden = true;
    }

    /** Puts the box where its ends are now. */
    place() {
        if (!this.#end) {
            return;
        }
        const [start, end] = [this.#start, this.#end].map((one) => this.#coordinates(one));
        this.#box.hidden = [start, end].some(({ x, y }) => x === null || y === null);
        Object.assign(this.#box.style, {
            left: `${Math.min(start.x, end.x)}px`,
            top: `${Math.min(start.y, end.y)}px`,
            width: `${Math.abs(end.x - start.x)}px`,
            height: `${Math.abs(end.y - start.y)}px`,
        });
    }

    #press(event) {
        this.hide();
        const isWanted = event.shiftKey || this.#chart.dataset.tool === 'measure';
        // Panes of indicators have no prices.
        if (isWanted && this.#place(event).y <= this.#height) {
            this.#start = this.#at(event);
        }
        if (this.#start) {
            this.#isDragged = true;
            this.#canvas.setPointerCapture(event.pointerId);
            event.stopPropagation();
        }
    }

    #drag(event) {
        event.stopPropagation();
        const end = this.#at(event);
        if (!end || !this.#start) {
            return;
        }
        this.#end = end;
        this.#tell(this.#start, end);
        this.place();
    }

    #leave(event) {
        event.stopPropagation();
        this.#isDragged = false;
        delete this.#chart.dataset.tool;
        this.#chart.dispatchEvent(new Event('measured'));
    }

    get #height() {
        return this.#chart.library.chart.panes()[0].getHeight();
    }

    #place(event) {
        const frame = this.#chart.getBoundingClientRect();
        return { x: event.clientX - frame.left, y: event.clientY - frame.top };
    }

    /** The candle and the price at a place, or null where there are none. */
    #at(event) {
        const { x, y } = this.#place(event);
        const { klines } = this.#chart;
        const { chart, main } = this.#chart.library;
        const index = Math.max(0, Math.min(klines.length - 1, chart.timeScale().coordinateToLogical(x) ?? 0));
        const price = main.coordinateToPrice(Math.max(0, Math.min(this.#height, y)));
        return klines.length > 0 && price !== null ? { time: klines[index].t, price } : null;
    }

    #coordinates({ time, price }) {
        const { chart, main } = this.#chart.library;
        return { x: chart.timeScale().timeToCoordinate(time / 1000), y: main.priceToCoordinate(price) };
    }

    #tell(start, end) {
        const candles = this.#chart.indexOf(end.time) - this.#chart.indexOf(start.time);
        const difference = rounded(Math.abs(end.price - start.price), this.#chart.scale);
        const sign = end.price < start.price ? '−' : '+';
        this.#box.className = `measure ${direction(start.price, end.price)}`;
        this.#text.textContent = `${sign}${difference} (${change(start.price, end.price)}) · ${candles} candles · ${span(Math.abs(end.time - start.time) / 60_000)}`;
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
