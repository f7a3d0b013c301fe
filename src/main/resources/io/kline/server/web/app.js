import { hashOf, read } from './address.js';
import * as api from './api.js';
import './chart.js';
import { Comparison } from './comparison.js';
import { ServerClock, isIntraday, lengthOf } from './clock.js';
import { change, compact, direction, exact, rounded } from './decimals.js';
import { element, write } from './dom.js';
import { Feed } from './feed.js';
import { showFigures } from './figures.js';
import { Live } from './live.js';
import { Markets } from './markets.js';
import { Search } from './search.js';
import { PageState } from './state.js';
import { Status } from './status.js';
import { known } from './studies.js';
import { Toolbar } from './toolbar.js';

/** Candles that are left again within this time are not read, ms. */
const HASTE = 300;

/** Candles that are read to get to a date, about: beyond that longer ones are shown. */
const FARTHEST = 20_000;

const $ = (id) => document.getElementById(id);
const chart = $('chart');

/** What is shown: the hash is the one place that says so. */
let shown = { symbol: null, interval: null, studies: [], compared: null };
let feed = null;
let comparison = null;
let cursor = null;
let openedAt = 0;
/** Where the view goes once candles are there, as { from, to } in ms. */
let goal = null;

const state = new PageState();
const live = new Live(new URL('ws', location.href.replace(/^http/, 'ws')), api.patience);
const status = new Status(state, live, api.patience);
const clock = new ServerClock();
chart.now = () => clock.now();
live.addEventListener('open', () => api.clockAhead().then((ahead) => clock.set(ahead), () => {}));
live.retry();

const settings = await api.config();
const toolbar = new Toolbar(chart, settings.zoneOffset);
const markets = new Markets($('markets'), live, settings, (symbol) => hashOf(symbol, shown.interval ?? firstInterval(), shown.studies));
let choose = null;
const search = new Search($('search'), markets, (symbol) => choose(symbol));

$('intervals').append(...settings.intervals.map((interval) => element('a', {}, interval)));
markets.addEventListener('day', () => {
    showDay();
    // With a chart open it is the chart's candles that count.
    feed ?? state.loaded();
});
markets.addEventListener('names', () => {
    showName();
    chart.tick = market().tick;
    feed && chart.replace(feed.series);
});
markets.addEventListener('markets', () => (state.name === 'notfound' && markets.of(shown.symbol) ? open() : route()));
addEventListener('hashchange', route);
addEventListener('keydown', pressed);
$('symbol').addEventListener('click', find);
$('newest').addEventListener('click', () => chart.showNewest());
chart.addEventListener('needolder', () => feed?.loadOlder());
chart.addEventListener('follow', () => ($('newest').hidden = chart.follows || !feed?.series.length));
chart.addEventListener('cursor', ({ detail }) => {
    cursor = detail;
    showCandle();
});
toolbar.addEventListener('zone', () => {
    chart.zone = zone();
    showCandle();
});
toolbar.addEventListener('studies', ({ detail: { id, isOn } }) => go({ studies: isOn ? [...shown.studies, id] : shown.studies.filter((one) => one !== id) }));
toolbar.addEventListener('compare', () => {
    if (shown.compared) {
        go({ compared: null });
    } else {
        search.open();
        choose = (symbol) => go({ compared: symbol });
    }
});
toolbar.addEventListener('range', ({ detail: { duration, interval } }) => {
    const closest = settings.intervals.toSorted((a, b) => Math.abs(lengthOf(a) / 60_000 - interval) - Math.abs(lengthOf(b) / 60_000 - interval))[0];
    goal = { from: clock.now() - duration, to: clock.now() };
    closest === shown.interval ? reach() : go({ interval: closest });
});
toolbar.addEventListener('date', ({ detail }) => {
    const day = detail - zone().offsetAt(detail);
    const newest = feed?.series.last?.t ?? clock.now();
    const reachable = settings.intervals.filter((each) => (newest - day) / lengthOf(each) <= FARTHEST).toSorted((a, b) => lengthOf(a) - lengthOf(b));
    const interval = reachable.length === 0 || reachable.includes(shown.interval) ? shown.interval : reachable[0];
    const width = lengthOf(interval) * (chart.view.to - chart.view.from);
    goal = { from: day - width / 10, to: day + width };
    interval === shown.interval ? reach() : go({ interval });
});
route();
await markets.start();

/** Shows what the hash says; without one the most active symbol. */
function route() {
    if (location.hash === '#markets') {
        document.body.dataset.view = 'markets';
        document.title = 'Markets · Kline';
        $('markets-link').setAttribute('aria-current', 'page');
        if (state.name === 'notfound') {
            leave();
            state.opened();
            state.loaded();
        }
        return;
    }
    const named = read(location.hash);
    if (named.name && !named.symbol) {
        document.body.dataset.view = 'chart';
        leave();
        state.unknown();
        status.empty(`There is no symbol ${named.name.replaceAll(/\p{C}/gu, '')}.`);
        return;
    }
    const target = {
        symbol: named.symbol ?? markets.first,
        interval: settings.intervals.includes(named.interval) ? named.interval : (shown.interval ?? firstInterval()),
        studies: known(named.studies),
        compared: named.compared,
    };
    if (target.compared === target.symbol) {
        target.compared = null;
    }
    document.body.dataset.view = 'chart';
    $('markets-link').removeAttribute('aria-current');
    if (!target.symbol) {
        status.empty(markets.isRead ? 'No candles yet. They appear with the first trade.' : 'Loading…');
        return;
    }
    const hash = hashOf(target.symbol, target.interval, target.studies, target.compared);
    if (location.hash !== hash) {
        history.replaceState(null, '', hash);
    }
    const isOther = target.symbol !== shown.symbol || target.interval !== shown.interval;
    const before = shown;
    shown = target;
    if (isOther) {
        open();
    }
    if (isOther || before.compared !== target.compared) {
        compare();
    }
    if (before.studies.join() !== target.studies.join()) {
        chart.studies = target.studies;
        if (feed) {
            fillDay(feed);
            showCandle();
        }
    }
    toolbar.show(shown.studies, shown.compared, isIntraday(shown.interval));
    showLinks();
}

function go(change) {
    const { symbol, interval, studies, compared } = { ...shown, ...change };
    location.hash = hashOf(symbol, interval, studies, compared);
}

function find() {
    search.open();
    choose = (symbol) => go({ symbol });
}

function firstInterval() {
    return settings.intervals.includes('1m') ? '1m' : settings.intervals[0];
}

/** No candles are shown any more. */
function leave() {
    feed?.stop();
    feed = null;
    comparison?.stop();
    comparison = null;
    shown = { ...shown, symbol: null, compared: null };
    chart.clear();
    write($('price'), '');
    cursor = null;
}

/** Leaves the candles of before at once, and asks for others. */
function open() {
    feed?.stop();
    cursor = null;
    chart.tick = market().tick;
    chart.clear();
    state.opened();
    status.note(null);
    status.empty(`Loading ${shown.symbol} ${shown.interval} …`);
    $('newest').hidden = true;
    write($('price'), '');
    document.title = `${shown.symbol} · Kline`;
    feed = new Feed(live, shown.symbol, shown.interval);
    const own = feed;
    let isNew = true;
    own.addEventListener('load', () => {
        if (isNew) {
            chart.show(own.series, shown.interval, zone());
            isNew = false;
        } else {
            chart.replace(own.series);
        }
        chart.isWhole = own.isComplete;
        comparison?.reachBack(own.series.first?.t ?? Infinity);
        fillDay(own);
        state.loaded();
        status.empty(own.series.length > 0 ? null : `No candles of ${shown.symbol} at ${shown.interval} yet.`);
        $('newest').hidden = chart.follows || own.series.length === 0;
        chart.marks = own.marks;
        reach();
        showLast();
    });
    own.addEventListener('older', () => {
        chart.isWhole = own.isComplete;
        if (goal && own.series.first.t > goal.from && !own.isComplete) {
            // Drawn when they are all there.
            reach();
            return;
        }
        chart.replace(own.series);
        chart.marks = own.marks;
        comparison?.reachBack(own.series.first.t);
        reach();
    });
    own.addEventListener('kline', ({ detail }) => {
        chart.updated(detail);
        showLast();
    });
    own.addEventListener('unknown', () => {
        state.unknown();
        status.empty(`There is no symbol ${shown.symbol}. It appears with its first trade.`);
    });
    own.addEventListener('trouble', ({ detail }) => status.note(detail));
    const now = Date.now();
    own.start(now - openedAt < HASTE ? HASTE : 0);
    openedAt = now;
    showName();
    showDay();
    showCandle();
}

function compare() {
    comparison?.stop();
    comparison = null;
    if (shown.compared) {
        comparison = new Comparison(live, shown.compared, shown.interval, chart);
        comparison.reachBack(feed?.series.first?.t ?? Infinity);
    }
}

/** VWAP needs all candles of the day. */
function fillDay(own) {
    const { first, last } = own.series;
    const day = (time) => new Date(time + zone().offsetAt(time)).getUTCDate();
    if (shown.studies.includes('vwap') && isIntraday(shown.interval) && first && day(first.t) === day(last.t)) {
        own.loadOlder();
    }
}

/** Moves the view to where it is wanted, reading back as far as that needs. */
function reach() {
    if (!goal || !feed || feed.series.length === 0) {
        return;
    }
    const { series } = feed;
    if (series.first.t > goal.from && !feed.isComplete) {
        feed.loadOlder();
        return;
    }
    const from = series.indexOf(goal.from);
    chart.view = { from, to: Math.max(from + 15, series.indexOf(goal.to)) };
    goal = null;
}

function market() {
    return markets.of(shown.symbol) ?? { symbol: shown.symbol, base: shown.symbol, quote: '', tick: '1' };
}

function showName() {
    const { base, quote } = market();
    write($('symbol').querySelector('b'), base ?? '');
    write($('symbol').querySelector('i'), quote ? `/${quote}` : '');
}

function showLinks() {
    markets.choose(shown.symbol);
    for (const link of $('intervals').children) {
        link.href = hashOf(shown.symbol, link.textContent, shown.studies, shown.compared);
        link.textContent === shown.interval ? link.setAttribute('aria-current', 'true') : link.removeAttribute('aria-current');
    }
}

/** The one last price: the headline's, the list's and the chart's. */
function showLast() {
    const { last } = feed.series;
    if (!last) {
        return;
    }
    const price = exact(last.c, chart.scale);
    const before = Number($('price').dataset.exact ?? last.c);
    const isSame = $('price').dataset.symbol === shown.symbol;
    if (write($('price'), price)) {
        $('price').className = `price ${isSame ? direction(before, Number(last.c)) : ''}`;
    }
    $('price').dataset.exact = last.c;
    $('price').dataset.symbol = shown.symbol;
    document.title = `${price} ${shown.symbol} · Kline`;
    markets.price(shown.symbol, last.c, chart.scale);
    showCandle();
}

function showCandle() {
    const kline = cursor ?? feed?.series.last;
    showFigures(
        $('figures'),
        kline,
        market(),
        chart.scale,
        zone(),
        chart.marks.filter(({ time }) => time === kline?.t),
    );
    $('study-figures').replaceChildren(
        ...chart.studyValues.map(({ title, values }) => {
            const texts = values.map(({ value, colour }) => {
                const text = element('b', {}, value === null ? '–' : rounded(value, title.startsWith('RSI') ? 2 : Math.max(2, chart.scale)));
                text.style.color = colour;
                return text;
            });
            return element('span', {}, element('abbr', {}, title), ...texts);
        }),
    );
    chart.headroom = $('figures').parentElement.offsetHeight;
}

/** Change, range and volume of the last 24 hours, or of the day, of the symbol shown. */
function showDay() {
    const { kline, scale, base, quote } = market();
    const { span } = markets;
    const facts = kline
        ? { [`${span} high`]: exact(kline.h, scale), [`${span} low`]: exact(kline.l, scale), [`Volume ${base}`]: compact(Number(kline.v)), [`Volume ${quote}`]: compact(Number(kline.q)) }
        : {};
    $('day').replaceChildren(...Object.entries(facts).map(([name, text]) => element('div', {}, element('dt', {}, name), element('dd', {}, text))));
    write($('day-change'), kline ? change(Number(kline.o), Number(kline.c)) : '');
    $('day-change').className = `day-change ${kline ? direction(Number(kline.o), Number(kline.c)) : ''}`;
}

function zone() {
    return toolbar.zone(isIntraday(shown.interval));
}

function pressed(event) {
    const isTyping = event.target.closest?.('input, select, dialog');
    if (!isTyping && (event.key === '/' || (event.key === 'k' && (event.ctrlKey || event.metaKey)))) {
        event.preventDefault();
        find();
    }
}
