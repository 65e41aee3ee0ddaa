// Confidence against what was right, range by range: a bar that ends below the dashed line has promised too much.
import { figure } from '../charts.js';
import { svg } from '../dom.js';
import { confidence, number, share } from '../format.js';
import { t } from '../words.js';
import { label, path, plot } from './plot.js';

const STRIP = 54;

export function reliabilityChart(reliability) {
  const spec = { id: 'chart-reliability', title: t('quality.reliability') };
  const heads = () => [t('quality.confidence'), t('quality.said'), t('quality.wasRight'), t('quality.rows')];
  const bins = (reliability?.bins || []).filter((bin) => bin.rows > 0);
  if (!bins.length) {
    const empty = figure(spec, [], heads);
    empty.say(t('quality.noConfidence'));
    empty.rows([]);
    return empty.node;
  }
  const paper = { height: (width) => Math.min(width, 300) + STRIP, below: STRIP, across: t('quality.confidence') };
  const shell = figure(spec, [plot(paper, (on) => draw(on, bins)).node], heads);
  shell.say(t('quality.reliabilitySummary', { error: points(reliability.error), n: number(reliability.rows) }));
  shell.rows(bins.map((bin) => [range(bin), confidence(bin.confidence), share(bin.accuracy), number(bin.rows)]));
  return shell.node;
}

function points(error) {
  return (100 * error).toFixed(1);
}

function range({ from, to }) {
  return t('quality.range', { from: from.toFixed(1), to: to.toFixed(1) });
}

function draw(paper, bins) {
  const most = Math.max(...bins.map((bin) => bin.rows));
  return [
    ...bins.flatMap((bin) => [bar(paper, bin), ...strip(paper, bin, most)]),
    svg('path', { class: 'plot-ideal', d: path([[paper.x(0), paper.y(0)], [paper.x(1), paper.y(1)]]) }),
    ...bins.map((bin) => dot(paper, bin)),
    label(paper.x(0), paper.height - STRIP + 11, t('quality.binSizes')),
    svg('line', { class: 'chart-base', x1: paper.x(0), x2: paper.x(1), y1: paper.height - 1, y2: paper.height - 1 }),
  ];
}

function bar({ x, y, bottom }, { from, to, accuracy }) {
  return svg('rect', { class: 'plot-bar', x: x(from) + 1, width: Math.max(1, x(to) - x(from) - 2), y: y(accuracy), height: bottom - y(accuracy) });
}

function dot({ x, y }, bin) {
  const words = t('quality.bin', { range: range(bin), said: confidence(bin.confidence), right: share(bin.accuracy), n: number(bin.rows) });
  return svg('circle', { class: 'chart-dot', cx: x(bin.confidence), cy: y(bin.accuracy), r: 4.5 }, svg('title', null, words));
}

function strip({ x, height }, { from, to, rows }, most) {
  const tall = Math.max(1, ((STRIP - 20) * rows) / most);
  return [svg('rect', { class: 'bar-fill', x: x(from) + 1, width: Math.max(1, x(to) - x(from) - 2), y: height - 1 - tall, height: tall })];
}
