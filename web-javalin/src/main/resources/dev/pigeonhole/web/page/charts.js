// Charts that anybody can read: a caption, one sentence that says what is to be seen, marks with words, and the same numbers as a
// table. Bars are links. Drawn in SVG by hand; sizes are set as attributes, so that a strict content policy has nothing to refuse.
import { h, svg } from './dom.js';
import { t } from './words.js';

const FEW_BARS = 12;

/**
 * @typedef {{label: string, value: number, href?: string, current?: boolean}} Bar
 * @typedef {{node: HTMLElement, update: (data: any) => void}} Chart
 */

/**
 * Horizontal bars, each a link. Keeps the elements that are there, so that the keyboard's place is not lost by an update.
 *
 * @param {{id: string, title: string, labelName: string, valueName: string, format: (n: number) => string,
 *     share: (part: number, all: number) => string, empty: string}} spec
 * @returns {Chart} whose data is {bars: Bar[], total: number, summary: string}
 */
export function barChart(spec) {
  const list = h('ol', { class: 'bars' });
  const more = h('button', { type: 'button', class: 'button linklike', hidden: true });
  const shell = figure(spec, [list, more], () => [spec.labelName, spec.valueName, t('chart.share')]);
  const known = new Map();
  let data = { bars: [], total: 0, summary: '' };
  let all = false;
  const draw = () => {
    const shown = all ? data.bars : data.bars.slice(0, FEW_BARS);
    const longest = Math.max(1, ...data.bars.map((bar) => bar.value));
    const nodes = shown.map((bar) => {
      if (!known.has(bar.label)) known.set(bar.label, newBar());
      return known.get(bar.label).update(bar, longest, spec.format(bar.value), spec.share(bar.value, data.total));
    });
    arrange(list, nodes);
    more.hidden = data.bars.length <= FEW_BARS;
    more.textContent = all ? t('chart.fewer') : t('chart.all', { n: data.bars.length });
    more.setAttribute('aria-expanded', String(all));
    shell.say(data.bars.length ? data.summary : spec.empty);
    shell.rows(data.bars.map((bar) => [bar.label, spec.format(bar.value), spec.share(bar.value, data.total)]));
  };
  more.addEventListener('click', () => {
    all = !all;
    draw();
  });
  return {
    node: shell.node,
    update(next) {
      data = next;
      draw();
    },
  };
}

function newBar() {
  const label = h('span', { class: 'bar-label', dir: 'auto' });
  const mark = svg('rect', { class: 'bar-fill', height: '10', width: '0' });
  const value = h('span', { class: 'bar-value' });
  const share = h('span', { class: 'bar-share' });
  const picture = svg(
    'svg',
    { class: 'bar-mark', viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true', focusable: 'false' },
    mark,
  );
  const link = h('a', { class: 'bar' }, label, picture, value, share);
  const node = h('li', {}, link);
  return {
    update(bar, longest, number, part) {
      if (bar.href) link.setAttribute('href', bar.href);
      if (bar.current) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
      label.textContent = bar.label;
      label.title = bar.label;
      mark.setAttribute('width', String((100 * bar.value) / longest));
      value.textContent = number;
      share.textContent = part;
      return node;
    },
  };
}

/** Puts the nodes in order, but moves none while one of them has the focus: a moved element loses it. */
function arrange(list, nodes) {
  const busy = list.contains(document.activeElement) && nodes.every((node) => node.parentNode === list);
  if (busy && nodes.length === list.children.length) return;
  const same = nodes.length === list.children.length && nodes.every((node, at) => list.children[at] === node);
  if (!same) list.replaceChildren(...nodes);
}

/**
 * A line over time, with a dashed line for the plan where there is one.
 *
 * @param {{id: string, title: string, valueName: string, format: (n: number) => string, time: (seconds: number) => string,
 *     empty: string, planName?: string}} spec
 * @returns {Chart} whose data is {points: [number, number][], plan: number | null, summary: string}
 */
export function lineChart(spec) {
  const picture = svg('svg', { class: 'line-chart', 'aria-hidden': 'true', focusable: 'false' });
  const readout = h('p', { class: 'chart-readout', 'aria-hidden': 'true' });
  const frame = h('div', { class: 'chart-frame' }, picture, readout);
  const shell = figure(spec, [frame], () => [t('chart.time'), spec.valueName]);
  let data = { points: [], plan: null, summary: '' };
  const draw = () => drawLine(picture, frame.clientWidth || 320, data, spec);
  new ResizeObserver(draw).observe(frame);
  pointAt(picture, readout, () => data, spec);
  return {
    node: shell.node,
    update(next) {
      data = next;
      frame.hidden = data.points.length < 2;
      shell.say(data.points.length < 2 ? next.empty || spec.empty : data.summary);
      shell.rows(data.points.map(([at, value]) => [spec.time(at), spec.format(value)]));
      draw();
    },
  };
}

const HEIGHT = 140;
const EDGE = { top: 10, right: 12, bottom: 22 };
const LETTER = 6.5;

/** Where the numbers are on the paper; at its left there is room for the longest of them. */
function scales(width, { points, plan }, spec) {
  const lastAt = points[points.length - 1][0] || 1;
  const firstAt = Math.min(points[0][0], lastAt - 1e-9);
  const top = niceTop(Math.max(plan ?? 0, ...points.map((point) => point[1])));
  const left = 14 + LETTER * Math.max(4, ...[top / 2, top].map((value) => spec.format(value).length));
  return {
    top,
    left,
    firstAt,
    lastAt,
    x: (at) => left + ((at - firstAt) / (lastAt - firstAt)) * (width - left - EDGE.right),
    y: (value) => HEIGHT - EDGE.bottom - (value / top) * (HEIGHT - EDGE.top - EDGE.bottom),
  };
}

/** The next round number: 1, 2, 2.5 or 5 times a power of ten. */
function niceTop(value) {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * [1, 2, 2.5, 5, 10].find((step) => step * power >= value);
}

function drawLine(picture, width, data, spec) {
  if (data.points.length < 2) return;
  picture.setAttribute('viewBox', `0 0 ${width} ${HEIGHT}`);
  picture.setAttribute('height', String(HEIGHT));
  const to = scales(width, data, spec);
  const path = data.points.map(([at, value], n) => `${n ? 'L' : 'M'}${to.x(at).toFixed(1)} ${to.y(value).toFixed(1)}`).join('');
  const [at, value] = data.points[data.points.length - 1];
  const area = `${path}L${to.x(at).toFixed(1)} ${to.y(0)}L${to.x(to.firstAt).toFixed(1)} ${to.y(0)}Z`;
  picture.replaceChildren(
    ...[0, to.top / 2, to.top].flatMap((tick) => valueTick(tick, to, width, spec)),
    svg('text', { x: to.left, y: HEIGHT - 6, class: 'chart-tick' }, spec.time(to.firstAt)),
    svg('text', { x: width - EDGE.right, y: HEIGHT - 6, class: 'chart-tick chart-tick-end' }, spec.time(to.lastAt)),
    svg('path', { d: area, class: 'chart-area' }),
    ...planLine(data, to, width, spec),
    svg('path', { d: path, class: 'chart-line' }),
    svg('circle', { cx: to.x(at), cy: to.y(value), r: 3.5, class: 'chart-dot' }),
  );
}

function valueTick(value, to, width, spec) {
  const y = to.y(value);
  return [
    svg('line', { x1: to.left, x2: width - EDGE.right, y1: y, y2: y, class: value ? 'chart-grid' : 'chart-base' }),
    svg('text', { x: to.left - 6, y: y + 4, class: 'chart-tick chart-tick-end' }, spec.format(value)),
  ];
}

function planLine({ plan }, to, width, spec) {
  if (plan === null || plan === undefined) return [];
  const y = to.y(plan);
  return [
    svg('line', { x1: to.left, x2: width - EDGE.right, y1: y, y2: y, class: 'chart-plan' }),
    svg(
      'text',
      { x: to.left + 4, y: y > EDGE.top + 14 ? y - 4 : y + 13, class: 'chart-tick' },
      `${spec.planName} ${spec.format(plan)}`,
    ),
  ];
}

/** The number under the pointer, in words. */
function pointAt(picture, readout, data, spec) {
  picture.addEventListener('pointermove', (event) => {
    const { points } = data();
    if (points.length < 2) return;
    const box = picture.getBoundingClientRect();
    const to = scales(box.width, data(), spec);
    const distance = (point) => Math.abs(to.x(point[0]) - (event.clientX - box.left));
    const nearest = points.reduce((best, point) => (distance(point) < distance(best) ? point : best));
    readout.textContent = `${spec.time(nearest[0])} · ${spec.format(nearest[1])}`;
  });
  picture.addEventListener('pointerleave', () => {
    readout.textContent = '';
  });
}

/**
 * Upright bars: how often each of some ranges came.
 *
 * @param {{id: string, title: string, labelName: string, valueName: string, format: (n: number) => string, empty: string}} spec
 * @returns {Chart} whose data is {bins: {label: string, value: number}[], summary: string}
 */
export function histogram(spec) {
  const picture = svg('svg', {
    class: 'histogram',
    viewBox: '0 0 100 40',
    preserveAspectRatio: 'none',
    'aria-hidden': 'true',
    focusable: 'false',
  });
  const ends = h('p', { class: 'chart-ends', 'aria-hidden': 'true' });
  const shell = figure(spec, [picture, ends], () => [spec.labelName, spec.valueName]);
  return {
    node: shell.node,
    update({ bins, summary }) {
      const tallest = Math.max(1, ...bins.map((bin) => bin.value));
      const step = 100 / Math.max(1, bins.length);
      picture.replaceChildren(
        ...bins.map((bin, at) => {
          const height = (38 * bin.value) / tallest;
          return svg('rect', { x: at * step + step * 0.08, width: step * 0.84, y: 40 - height, height, class: 'bar-fill' });
        }),
      );
      ends.replaceChildren(...[bins[0], bins[bins.length - 1]].filter(Boolean).map((bin) => h('span', {}, bin.label)));
      shell.say(bins.length ? summary : spec.empty);
      shell.rows(bins.map((bin) => [bin.label, spec.format(bin.value)]));
    },
  };
}

/**
 * The frame of every chart: caption, sentence, picture, and the numbers as a table that is made only when opened.
 *
 * @param {{id: string, title: string}} spec
 * @param {any[]} content
 * @param {() => string[]} heads of the table
 * @returns {{node: HTMLElement, say: (text: string) => void, rows: (rows: string[][]) => void}}
 */
export function figure(spec, content, heads) {
  const sentence = h('p', { class: 'chart-summary' });
  const twin = h('div', { class: 'table-box', tabindex: '0', role: 'region', 'aria-label': spec.title });
  const details = h('details', { class: 'chart-table' }, h('summary', { class: 'plain' }, t('chart.table')), twin);
  let rows = [];
  const fill = () => {
    if (details.open) twin.replaceChildren(plainTable(spec.title, heads(), rows));
  };
  details.addEventListener('toggle', fill);
  return {
    node: h('figure', { class: 'chart card', id: spec.id }, h('figcaption', {}, spec.title), sentence, ...content, details),
    say(text) {
      if (sentence.textContent !== text) sentence.textContent = text;
    },
    rows(next) {
      rows = next;
      details.hidden = !rows.length;
      fill();
    },
  };
}

function plainTable(caption, heads, rows) {
  return h(
    'table',
    { class: 'table' },
    h('caption', { class: 'visually-hidden' }, caption),
    h('thead', {}, h('tr', {}, ...heads.map((head) => h('th', { scope: 'col' }, head)))),
    h(
      'tbody',
      {},
      ...rows.map(([first, ...rest]) =>
        h('tr', {}, h('th', { scope: 'row', dir: 'auto' }, first), ...rest.map((cell) => h('td', {}, cell))),
      ),
    ),
  );
}
