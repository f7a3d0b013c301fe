import { hashOf, read } from './address.js';
import * as api from './api.js';
import './chart.js';
import { Zone, isIntraday } from './clock.js';
import { change, compact, direction, exact } from './decimals.js';
import { element, write } from './dom.js';
import { Feed } from './feed.js';
import { showFigures } from './figures.js';
import { Live } from './live.js';
import { Markets } from './markets.js';
import { Search } from './search.js';

const RETRY = 2000;

const $ = (id) => document.getElementById(id);
const chart = $('chart');

/** What is shown: the hash is the one place that says so, as #BTCUSDT/1m or #markets. */
let shown = { symbol: null, interval: null };
let feed = null;
let cursor = null;
let waitingUntil = 0;

const live = new Live(new URL('ws', location.href.replace(/^http/, 'ws')));
live.addEventListener('open', showConnection);
live.addEventListener('lost', showConnection);
live.addEventListener('waiting', ({ detail }) => (waitingUntil = detail));
setInterval(showConnection, 500);
live.retry();

const settings = await patiently(api.config);
const ownZone = Zone.local();
const candleZone = Zone.fixed(settings.zoneOffset);
const markets = new Markets($('markets'), settings);
const search = new Search($('search'), markets, (symbol) => (location.hash = hashOf(symbol, shown.interval ?? firstInterval())));

for (const interval of settings.intervals) {
    const link = element('a', {}, interval);
    $('intervals').append(link);
}

markets.addEventListener('day', showDay);
markets.addEventListener('markets', route);
// With a chart open its own reading reports trouble.
markets.addEventListener('trouble', ({ detail }) => feed ?? showTrouble(detail));
addEventListener('hashchange', route);
addEventListener('themechange', () => chart.restyle());
addEventListener('keydown', pressed);
$('symbol').addEventListener('click', () => search.open());
$('newest').addEventListener('click', () => chart.showNewest());
$('zone').addEventListener('click', switchZone);
$('status').addEventListener('click', () => live.retry());
chart.addEventListener('needolder', () => feed?.loadOlder());
chart.addEventListener('follow', () => ($('newest').hidden = chart.follows));
chart.addEventListener('cursor', ({ detail }) => {
    cursor = detail;
    showCandle();
});
await markets.start();
route();

/** Shows what the hash says; without one the most active symbol. */
function route() {
    if (location.hash === '#markets') {
        document.body.dataset.view = 'markets';
        document.title = 'Markets · Kline';
        $('markets-link').setAttribute('aria-current', 'page');
        return;
    }
    const named = read(location.hash);
    const interval = settings.intervals.includes(named.interval) ? named.interval : (shown.interval ?? firstInterval());
    const target = named.symbol ?? markets.first;
    document.body.dataset.view = 'chart';
    $('markets-link').removeAttribute('aria-current');
    if (!target) {
        showEmpty('No candles yet. They appear with the first trade.');
        return;
    }
    const hash = hashOf(target, interval);
    if (location.hash !== hash) {
        history.replaceState(null, '', hash);
    }
    if (target !== shown.symbol || interval !== shown.interval) {
        open(target, interval);
    }
}

function firstInterval() {
    return settings.intervals.includes('1m') ? '1m' : settings.intervals[0];
}

function open(symbol, interval) {
    feed?.stop();
    shown = { symbol, interval };
    cursor = null;
    showTrouble(null);
    markets.choose(symbol, interval);
    for (const link of $('intervals').children) {
        link.href = hashOf(symbol, link.textContent);
        link.textContent === interval ? link.setAttribute('aria-current', 'true') : link.removeAttribute('aria-current');
    }
    const { base, quote } = market();
    write($('symbol').querySelector('b'), base);
    write($('symbol').querySelector('i'), quote ? `/${quote}` : '');
    feed = new Feed(live, symbol, interval);
    let isNew = true;
    feed.addEventListener('load', () => {
        if (isNew) {
            chart.show(feed.series, interval, zone());
            isNew = false;
        } else {
            chart.replace(feed.series);
        }
        showEmpty(feed.series.length > 0 ? null : `No candles of ${symbol} at ${interval} yet.`);
        $('newest').hidden = chart.follows;
        showLast();
    });
    feed.addEventListener('older', ({ detail }) => chart.prepended(detail));
    feed.addEventListener('kline', () => {
        chart.updated();
        showLast();
    });
    feed.addEventListener('trouble', ({ detail }) => showTrouble(detail));
    feed.start();
    showZone();
    showDay();
}

function market() {
    return markets.of(shown.symbol) ?? { symbol: shown.symbol, base: shown.symbol, quote: '' };
}

function showLast() {
    const { last } = feed.series;
    if (!last) {
        return;
    }
    const price = exact(last.c, chart.scale);
    const before = Number($('price').dataset.exact ?? last.c);
    if (write($('price'), price) && $('price').dataset.symbol === shown.symbol) {
        $('price').className = `price ${direction(before, Number(last.c))}`;
    }
    $('price').dataset.exact = last.c;
    $('price').dataset.symbol = shown.symbol;
    document.title = `${price} ${shown.symbol} · Kline`;
    showCandle();
}

function showCandle() {
    showFigures($('figures'), cursor ?? feed?.series.last, market(), chart.scale, zone());
}

/** Change, range and volume of the day, of the symbol shown. */
function showDay() {
    const { kline, scale, base, quote } = market();
    const facts = kline
        ? { 'Day high': exact(kline.h, scale), 'Day low': exact(kline.l, scale), [`Volume ${base}`]: compact(Number(kline.v)), [`Volume ${quote}`]: compact(Number(kline.q)) }
        : {};
    $('day').replaceChildren(...Object.entries(facts).map(([name, text]) => element('div', {}, element('dt', {}, name), element('dd', {}, text))));
    write($('day-change'), kline ? change(Number(kline.o), Number(kline.c)) : '');
    $('day-change').className = `day-change ${kline ? direction(Number(kline.o), Number(kline.c)) : ''}`;
}

/** Candles of less than a day in the reader's zone, unless they want that of the candles; a day is one of the candles' zone. */
function zone() {
    return isIntraday(shown.interval) && localStorage.getItem('zone') !== 'candles' ? ownZone : candleZone;
}

function switchZone() {
    localStorage.setItem('zone', localStorage.getItem('zone') === 'candles' ? 'own' : 'candles');
    chart.zone = zone();
    showZone();
    showCandle();
}

function showZone() {
    const name = zone().name(Date.now());
    const own = zone() === ownZone && ownZone.name(Date.now()) !== candleZone.name(Date.now());
    write($('zone'), own ? `${name} (your time)` : name);
    $('zone').disabled = !isIntraday(shown.interval) || ownZone.name(Date.now()) === candleZone.name(Date.now());
}

function showConnection() {
    const seconds = Math.ceil((waitingUntil - Date.now()) / 1000);
    const lost = !live.isOpen && waitingUntil > 0;
    const state = live.isOpen ? 'live' : lost ? 'lost' : 'connecting';
    $('status').dataset.state = state;
    document.body.classList.toggle('lost', lost);
    const texts = { live: 'Live', connecting: 'Connecting', lost: seconds > 0 ? `Connection lost, again in ${seconds} s` : 'Connecting again' };
    write($('status-text'), texts[state]);
    chart.stale = lost;
}

function showTrouble(text) {
    $('trouble').hidden = !text;
    write($('trouble'), text ?? '');
}

function showEmpty(text) {
    $('empty').hidden = !text;
    write($('empty'), text ?? '');
}

function pressed(event) {
    const isTyping = event.target.closest?.('input, dialog');
    if (!isTyping && (event.key === '/' || (event.key === 'k' && (event.ctrlKey || event.metaKey)))) {
        event.preventDefault();
        search.open();
    }
}

/** Asks until there is an answer. */
async function patiently(ask) {
    while (true) {
        try {
            return await ask();
        } catch (error) {
            showTrouble(`${error.message} Trying again.`);
            await new Promise((resolve) => setTimeout(resolve, RETRY));
            showTrouble(null);
        }
    }
}
