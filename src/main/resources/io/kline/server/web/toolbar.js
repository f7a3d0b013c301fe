import { Zone, isIntraday } from './clock.js';
import { element } from './dom.js';
import { keep, recall } from './memory.js';
import { OFFERED, titleOf } from './studies.js';

const TYPES = { candles: 'Candles', bars: 'Bars', heikin: 'Heikin-Ashi', line: 'Line', area: 'Area' };
const SCALES = { linear: 'Linear', log: 'Logarithmic', percent: 'Percent' };
const DAY = 86_400_000;

/** Ranges by their buttons: days, and the length of candles that fills a screen with them. */
const RANGES = { '1D': { days: 1, interval: 5 }, '5D': { days: 5, interval: 15 }, '1M': { days: 30, interval: 240 }, '3M': { days: 91, interval: 720 }, '1Y': { days: 365, interval: 1440 } };

const PLACES = ['America/New_York', 'America/Chicago', 'America/Los_Angeles', 'America/Sao_Paulo', 'Europe/London', 'Europe/Berlin', 'Asia/Dubai', 'Asia/Kolkata', 'Asia/Shanghai', 'Asia/Singapore', 'Asia/Tokyo', 'Australia/Sydney'];

const $ = (id) => document.getElementById(id);

/**
 * The tools around the chart. What is chosen here is kept by the browser, indicators in the address.
 *
 * Events: "zone" when another one was chosen; "studies" with `detail` ids; "compare"; "range" with `detail` its
 * duration and the length of a candle, ms; "date" with `detail` a time.
 */
export class Toolbar extends EventTarget {
    #chart;
    #zones;

    /** @param zoneOffset of the candles, as text */
    constructor(chart, zoneOffset) {
        super();
        this.#chart = chart;
        this.#zones = new Map([
            ['own', { zone: Zone.local(), title: 'Your time' }],
            ['candles', { zone: Zone.fixed(zoneOffset), title: "The candles' time" }],
            ['UTC', { zone: Zone.fixed('Z'), title: 'UTC' }],
            ...PLACES.map((name) => [name, { zone: Zone.named(name), title: name.split('/')[1].replace('_', ' ') }]),
        ]);
        this.#select('chart-type', TYPES, 'candles', (type) => (chart.type = type));
        this.#select('price-scale', SCALES, 'linear', (name) => (chart.scaling = name));
        this.#select('zone', Object.fromEntries([...this.#zones].map(([key, { title, zone }]) => [key, `${title} (${zone.name(Date.now())})`])), 'own', () => this.dispatchEvent(new Event('zone')));
        for (const [name, { days, interval: minutes }] of Object.entries(RANGES)) {
            const button = element('button', {}, name);
            button.addEventListener('click', () => this.dispatchEvent(new CustomEvent('range', { detail: { duration: days * DAY, length: minutes * 60_000 } })));
            $('ranges').append(button);
        }
        for (const id of OFFERED) {
            const box = element('input', { type: 'checkbox', value: id });
            box.addEventListener('change', () => this.dispatchEvent(new CustomEvent('studies', { detail: { id, isOn: box.checked } })));
            $('studies-menu').append(element('label', {}, box, titleOf(id)));
        }
        $('studies-menu').addEventListener('beforetoggle', () => {
            const { left, bottom } = $('studies').getBoundingClientRect();
            $('studies-menu').style.setProperty('--left', `${left}px`);
            $('studies-menu').style.setProperty('--top', `${bottom + 4}px`);
        });
        // While a year is typed each of its digits makes a date: those out of reach are not meant.
        $('date').addEventListener('change', () => $('date').valueAsNumber && !$('date').validity.rangeUnderflow && this.dispatchEvent(new CustomEvent('date', { detail: $('date').valueAsNumber })));
        $('compare').addEventListener('click', () => this.dispatchEvent(new Event('compare')));
        $('measure').addEventListener('click', () => this.#measure());
        chart.addEventListener('measured', () => $('measure').setAttribute('aria-pressed', 'false'));
        $('auto').addEventListener('click', () => chart.library.chart.priceScale('right').setAutoScale(true));
        $('picture').addEventListener('click', () => this.#save());
        $('full').hidden = !document.fullscreenEnabled;
        $('full').addEventListener('click', () => (document.fullscreenElement ? document.exitFullscreen() : $('chart-view').requestFullscreen()));
    }

    /** The zone to show times of less than a day in; a day is one of the candles' zone. */
    zone(isIntraday) {
        return this.#zones.get(isIntraday ? $('zone').value : 'candles').zone;
    }

    /** Shows which indicators are drawn, and whether a zone can be chosen. */
    show(studies, compared, isIntraday) {
        $('studies-menu').querySelectorAll('input').forEach((box) => (box.checked = studies.includes(box.value)));
        $('compare').setAttribute('aria-pressed', String(compared !== null));
        $('compare').lastElementChild.textContent = compared ? `${compared} ×` : 'Compare';
        $('compare').title = compared ? `Compare with ${compared} no more` : 'Compare with another symbol';
        $('compare').ariaLabel = $('compare').title;
        $('zone').disabled = !isIntraday;
    }

    #select(id, titles, usual, choose) {
        const list = $(id);
        list.append(...Object.entries(titles).map(([value, title]) => element('option', { value }, title)));
        const kept = recall(id);
        list.value = kept in titles ? kept : usual;
        list.addEventListener('change', () => {
            keep(id, list.value);
            choose(list.value);
        });
        choose(list.value);
    }

    #measure() {
        const isOn = this.#chart.dataset.tool !== 'measure';
        isOn ? (this.#chart.dataset.tool = 'measure') : delete this.#chart.dataset.tool;
        $('measure').setAttribute('aria-pressed', String(isOn));
    }

    #save() {
        const shown = decodeURIComponent(location.hash.slice(1));
        const title = `${shown.replaceAll(/[/,]/g, ' ')} · ${this.zone(isIntraday(this.#chart.interval)).full(Date.now(), true)}`;
        this.#chart.picture(title).toBlob((blob) => {
            const address = URL.createObjectURL(blob);
            const name = `${shown.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.png`;
            element('a', { href: address, download: name }).click();
            setTimeout(() => URL.revokeObjectURL(address), 10_000);
        });
    }
}
