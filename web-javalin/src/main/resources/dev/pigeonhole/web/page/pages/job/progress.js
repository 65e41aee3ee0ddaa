// How far the job is: the bar, counters that add up, what it costs and what it waits for.
import { h, replace } from '../../dom.js';
import { duration, money, moneyRange, number, percent, rate, roughly, short } from '../../format.js';
import { glyph, mark, progressBar, tone } from '../../ui.js';
import { t } from '../../words.js';
import { unfinished, working } from './frame.js';

const COUNTERS = ['categorized', 'unmatched', 'failed', 'skipped', 'waiting'];
const DAY = 86400;
const BAR_TONES = { completed: 'ok', failed: 'error', paused: 'idle', queued: 'idle' };

/** @param {import('./frame.js').JobFrame} frame */
export function progressPanel(frame) {
  const bar = progressBar(t('job.progress'));
  bar.id = 'progress';
  const head = h('p', { class: 'progress-head' });
  const counters = counterRow(frame);
  const facts = h('dl', { class: 'job-facts' });
  const wait = h('p', { class: 'wait-note tone-warn', id: 'wait', hidden: true });
  let job = frame.job;
  const timer = setInterval(() => drawWait(wait, job), 1000);
  return {
    node: h('div', null, head, bar, counters.node, wait, facts),
    update(event) {
      job = event.job;
      bar.firstChild.className = `progress-fill tone-${BAR_TONES[job.state] || 'running'}`;
      bar.update(
        job.percent,
        t('job.progressText', { percent: job.percent, done: job.rows.total - job.rows.waiting, total: job.rows.total }),
      );
      drawHead(head, job);
      counters.update(job);
      drawWait(wait, job);
      replace(
        facts,
        factsOf(job).map(([name, ...value]) => h('div', { class: 'fact' }, h('dt', null, name), h('dd', null, ...value))),
      );
    },
    close: () => clearInterval(timer),
  };
}

function drawHead(head, job) {
  replace(
    head,
    h('strong', { class: 'percent', id: 'percent' }, `${job.percent}%`),
    h('span', { id: 'done' }, t('job.doneOf', { done: job.rows.total - job.rows.waiting, n: job.rows.total })),
    working(job) && h('span', { class: 'eta', id: 'eta' }, etaText(job)),
  );
}

/** What is left, as far as it can be told honestly. */
function etaText(job) {
  const { kind, seconds, done, total } = job.eta || { kind: 'none' };
  if (kind === 'time') return seconds > DAY ? '' : t(seconds > 600 ? 'eta.about' : 'eta.left', { time: roughly(seconds) });
  if (kind === 'calls' && total) return t('eta.calls', { done, n: total });
  if (kind === 'silence') return t('eta.silence', { time: duration(seconds) });
  return '';
}

/** Glyph, number and word, each a link to those rows; they add up to the total, which is said too. */
function counterRow(frame) {
  const numbers = {};
  const items = COUNTERS.map((status) => {
    numbers[status] = h('strong', { class: 'counter-number' });
    const content = [mark(glyph(status)), numbers[status], ' ', h('span', { class: 'counter-word' }, t(`count.${status}`))];
    const look = { id: `count-${status}`, class: `counter tone-${tone(status)}` };
    return h(
      'li',
      null,
      status === 'waiting' ? h('span', look, content) : h('a', { href: `${frame.base}/rows?status=${status}`, ...look }, content),
    );
  });
  return {
    node: h('ul', { class: 'counters', 'aria-label': t('count.label') }, items),
    update(job) {
      COUNTERS.forEach((status) => {
        const text = number(job.rows[status]);
        if (numbers[status].textContent !== text) numbers[status].textContent = text;
      });
    },
  };
}

function drawWait(node, job) {
  const until = job.wait?.until ? Math.ceil((Date.parse(job.wait.until) - Date.now()) / 1000) : 0;
  node.hidden = !working(job) || !job.wait || until < 0;
  if (node.hidden) return;
  const words =
    job.wait.cause === 'RATE_LIMIT'
      ? t('wait.rateLimit', { time: duration(until) })
      : t('wait.other', { why: job.wait.text, time: duration(until) });
  if (node.dataset.shown === words) return;
  node.dataset.shown = words;
  replace(node, mark('⏳'), words);
}

/** Names and values of what else there is to know. */
function factsOf(job) {
  const { cost, calls, rate: speed } = job;
  return [
    cost && [t('fact.cost'), ...costOf(cost, unfinished(job))],
    working(job) && !job.elsewhere && [t('fact.speed'), speed?.rowsPerSecond ? rate(speed.rowsPerSecond) : '—'],
    calls &&
      working(job) &&
      calls.concurrency > 0 && [
        t('fact.open'),
        t('fact.openOf', { open: calls.inFlight, most: calls.concurrency }),
        calls.retrying > 0 && h('span', { class: 'hint' }, ` · ${t('fact.retrying', { n: calls.retrying })}`),
      ],
    calls &&
      !cost?.free && [
        t('fact.calls'),
        unfinished(job) ? t('fact.callsOf', { done: calls.done, total: calls.done + calls.left }) : number(calls.done),
      ],
    cost &&
      cost.inputTokens > 0 && [
        t('fact.tokens'),
        t('fact.tokensOf', { input: short(cost.inputTokens), output: short(cost.outputTokens) }),
      ],
    job.cascade && [
      t('fact.cascade'),
      t('fact.cascadeOf', { local: job.cascade.local, asked: job.cascade.asked }),
      h('span', { class: 'hint' }, ` · ${t('fact.cascadeAgrees', { share: tenths(job.cascade.agreement), least: tenths(job.cascade.low, Math.floor), target: tenths(job.cascade.target) })}`),
    ],
    job.batches && [
      t('fact.batches'),
      t('fact.batchesOf', { done: job.batches.done, total: job.batches.total, size: job.batches.size }),
    ],
    [t('fact.by'), [job.provider === 'local' ? t('fact.local') : job.provider, job.model].filter(Boolean).join(' · ')],
  ].filter(Boolean);
}

/** Percent with one decimal; what is promised is rounded down. */
function tenths(share, round = Math.round) {
  return (round(share * 1000) / 10).toFixed(1);
}

/** What was expected before the start, and how far off that was. */
function quoted(cost, going) {
  if (going || cost.low === null || cost.high === null || cost.low === undefined) return '';
  const range = moneyRange(cost.low, cost.high);
  const off = cost.differencePercent;
  return off === null || off === undefined
    ? t('cost.quoted', { range })
    : t('cost.quotedOff', { range, off: (off > 0 ? '+' : off < 0 ? '−' : '±') + number(Math.abs(Math.round(off))) });
}

function costOf(cost, going) {
  if (cost.free) return [t('cost.free')];
  if (!cost.priceKnown) return ['— ', h('span', { class: 'hint' }, t('cost.unknown'))];
  const about =
    going && cost.low !== null && cost.high !== null && cost.low !== undefined
      ? t('cost.about', { range: moneyRange(cost.low, cost.high) })
      : quoted(cost, going);
  const cap =
    Number(cost.cap) > 0
      ? t('cost.cap', { cap: money(cost.cap), part: percent(Number(cost.spent), Number(cost.cap)) })
      : t('cost.noCap');
  return [
    h('span', { id: 'spent' }, money(cost.spent)),
    h('span', { class: 'hint' }, ` ${[about, cap].filter(Boolean).join(' · ')}`),
  ];
}
