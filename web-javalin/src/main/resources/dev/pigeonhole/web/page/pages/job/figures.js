// The three charts of the overview: rows by category, speed and spend.
import { get } from '../../api.js';
import { barChart, lineChart } from '../../charts.js';
import { h } from '../../dom.js';
import { duration, money, number, percent } from '../../format.js';
import { queryOf } from '../../table.js';
import { t } from '../../words.js';
import { working } from './frame.js';

const EVERY_MILLIS = 4000;

/** @param {import('./frame.js').JobFrame} frame */
export function jobCharts(frame) {
  const bars = barChart({
    id: 'chart-categories',
    title: t('chart.categories'),
    labelName: t('chart.category'),
    valueName: t('chart.rows'),
    format: number,
    share: percent,
    empty: t('chart.noRows'),
  });
  const lines = [speedChart(), costChart()];
  const read = seriesReader(frame, lines);
  const node = h(
    'div',
    { class: 'charts' },
    bars.node,
    lines.map((line) => line.chart.node),
  );
  return {
    node,
    update({ name, job }) {
      bars.update(barsOf(frame, job));
      lines[1].chart.node.hidden = Boolean(job.cost?.free);
      read.update(job, name);
    },
    close: read.close,
  };
}

function barsOf(frame, job) {
  const sorted = [...(job.byCategory || [])].filter((each) => each.rows > 0).sort((a, b) => b.rows - a.rows);
  const total = sorted.reduce((sum, each) => sum + each.rows, 0);
  const bars = sorted.map((each) => ({
    label: each.name,
    value: each.rows,
    href: `${frame.base}/rows${queryOf({ category: each.name })}`,
  }));
  const summary = sorted.length
    ? t('chart.categoriesSummary', { name: sorted[0].name, part: percent(sorted[0].rows, total), n: sorted.length })
    : '';
  return { bars, total, summary };
}

function speedChart() {
  const chart = lineChart({
    id: 'chart-speed',
    title: t('chart.speed'),
    valueName: t('chart.speedValue'),
    format: oneDigit,
    time: duration,
    empty: t('chart.tooEarly'),
  });
  return {
    name: 'rate',
    chart,
    show({ points }, job) {
      const top = Math.max(0, ...points.map((point) => point[1]));
      const slow = top < 10;
      const shown = slow ? points.map(([at, value]) => [at, value * 60]) : points;
      const last = points[points.length - 1]?.[1] ?? 0;
      chart.update({
        points: shown,
        plan: null,
        empty: emptyText(job),
        summary: t(slow ? 'chart.speedSlow' : 'chart.speedFast', {
          now: slow ? number(last * 60) : oneDigit(last),
          top: slow ? number(top * 60) : number(top),
        }),
      });
    },
  };
}

function oneDigit(value) {
  return value > 0 && value < 10 ? value.toFixed(1).replace(/\.0$/, '') : number(value);
}

function costChart() {
  const chart = lineChart({
    id: 'chart-cost',
    title: t('chart.cost'),
    valueName: t('chart.costValue'),
    format: axisMoney,
    time: duration,
    empty: t('chart.tooEarly'),
    planName: t('chart.cap'),
  });
  return {
    name: 'cost',
    chart,
    show({ points, plan }, job) {
      const cap = Number(job.cost?.cap) || null;
      const last = points[points.length - 1]?.[1] ?? 0;
      // A cap far above the line would press it flat.
      const line = plan ?? (cap && cap < last * 8 ? cap : null);
      chart.update({
        points,
        plan: line === null ? null : Number(line),
        empty: emptyText(job),
        summary: t('chart.costSummary', { spent: money(String(last)), cap: cap ? money(String(cap)) : t('chart.noCap') }),
      });
    },
  };
}

function emptyText(job) {
  return t(working(job) ? 'chart.tooEarly' : 'chart.notKept');
}

function axisMoney(value) {
  return value > 0 && value < 0.01 ? `$${value.toFixed(4)}` : money(String(value));
}

/** Reads the series when the page opens, every few seconds while the job works, and once more when it stops. */
function seriesReader(frame, lines) {
  let timer = 0;
  let due = 0;
  let wasWorking = true;
  const read = async (line) => {
    const { points, plan } = await get(`${frame.api}/series`, { query: { name: line.name } });
    line.show({ points: points.map(([at, value]) => [Number(at), Number(value)]), plan }, frame.job);
  };
  const run = () => {
    timer = 0;
    due = Date.now() + EVERY_MILLIS;
    Promise.all(lines.map(read)).catch((problem) => {
      if (problem.status !== 0) frame.fail(problem);
    });
  };
  return {
    update(job, name) {
      const now = working(job);
      if (!timer && (now || wasWorking || name === 'state' || name === 'end'))
        timer = setTimeout(run, Math.max(0, due - Date.now()));
      wasWorking = now;
    },
    close: () => clearTimeout(timer),
  };
}
