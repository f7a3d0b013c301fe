/**
 * The candle that is pointed at. The pointer points at a place, whatever candle comes there; keys point at a candle,
 * which stays pointed at when others come.
 */
export class Crosshair {
    #owner;
    #tell;
    #index = -1;
    /** Open time of the candle that keys point at. */
    #time = null;

    /** @param tell hears of the index of another candle, -1 for none */
    constructor(owner, canvas, tell) {
        this.#owner = owner;
        this.#tell = tell;
        for (const type of ['pointermove', 'pointerdown']) {
            canvas.addEventListener(type, () => (this.#time = null), { capture: true });
        }
        owner.library.chart.subscribeCrosshairMove(({ logical, point }) => this.#time === null && this.#point(point ? logical : undefined));
    }

    get index() {
        return this.#index;
    }

    /** Points at the next candle, or the one before. */
    step(step) {
        const { klines } = this.#owner;
        const { from, to } = this.#owner.view;
        const begin = this.#index < 0 ? Math.min(Math.floor(to), klines.length - 1) + (step > 0 ? 0 : 1) : this.#index;
        const index = Math.max(0, Math.min(klines.length - 1, begin + step));
        if (!klines[index]) {
            return null;
        }
        this.#time = klines[index].t;
        if (index < from || index > to) {
            this.#owner.view = { from: from + step, to: to + step };
        }
        this.place();
        return klines[index];
    }

    /** Points at the candle of keys again, after others came or the view moved. */
    place() {
        if (this.#time === null) {
            return;
        }
        const index = this.#owner.indexOf(this.#time);
        const kline = this.#owner.klines[index];
        if (kline?.t !== this.#time) {
            this.clear();
            return;
        }
        const { chart, main } = this.#owner.library;
        chart.setCrosshairPosition(Number(kline.c), kline.t / 1000, main);
        this.#point(index);
    }

    clear() {
        this.#time = null;
        this.#owner.library.chart.clearCrosshairPosition();
        this.#point(undefined);
    }

    #point(index) {
        this.#index = index !== undefined && this.#owner.klines[index] ? index : -1;
        this.#tell(this.#index);
    }
}
