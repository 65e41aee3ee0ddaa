// What a minimum confidence would do: fewer answers, more of them right. A wish picks the place on the line.
import { figure } from '../charts.js';
import { h, svg } from '../dom.js';
import { confidence, number, share } from '../format.js';
import { select } from '../ui.js';
import { t } from '../words.js';
import { label, path, plot } from './plot.js';

const TARGETS = [70, 80, 85, 90, 95, 97, 98, 99];
const USUAL = 95;
const LETTERS = 68;

export function curveChart(thresholds) {
  const points = (thresholds || []).filter((each) => each.answered > 0 && each.accuracy !== null).sort((a, b) => a.min_confidence - b.min_confidence);
  const spec = { id: 'chart-curve', title: t('quality.curve') };
  const heads = () => [t('quality.minimum'), t('quality.answered'), t('quality.right'), t('quality.atLeast')];
  if (points.length < 2) {
    const empty = figure(spec, [], heads);
    empty.say(t('quality.noCurve'));
    empty.rows([]);
    return empty.node;
  }
  const state = { target: USUAL };
  const paper = { height: (width) => Math.min(width, 300), right: LETTERS, across: t('quality.minimum') };
  const chart = plot(paper, (on) => draw(on, points, pick(points, state.target)));
  const said = h('p', { class: 'quality-pick', id: 'quality-pick', role: 'status' });
  const wish = select(
    TARGETS.map((target) => [String(target), number(target)]),
    String(USUAL),
    {
      id: 'quality-target',
      onchange: () => {
        state.target = Number(wish.value);
        show();
      },
    },
  );
  const show = () => {
    said.replaceChildren(...words(points, state.target));
    chart.redraw();
  };
  const asked = h('div', { class: 'quality-wish' }, h('label', { for: wish.id }, t('quality.target')), wish);
  const shell = figure(spec, [chart.node, asked, said], heads);
  shell.say(t('quality.curveSummary'));
  shell.rows(points.map((each) => [confidence(each.min_confidence), share(each.coverage), share(each.accuracy), share(each.low)]));
  show();
  return shell.node;
}

/** Where most rows keep their answer and enough of the answers are right; or nothing. */
export function pick(points, target) {
  return points.find((each) => each.accuracy >= target / 100) || null;
}

function words(points, target) {
  const found = pick(points, target);
  const told = found || points.reduce((best, each) => (each.accuracy > best.accuracy ? each : best));
  const values = {
    target,
    at: confidence(told.min_confidence),
    answered: share(told.coverage),
    right: share(told.accuracy),
    low: share(told.low),
  };
  if (!found) return [t('quality.pickNone', values)];
  if (found === points[0]) return [t('quality.pickAll', values)];
  return [t('quality.pick', values), ' ', t('quality.pickFlag'), ' ', h('code', null, `--min-confidence ${values.at}`)];
}

function draw(paper, points, picked) {
  const { x, y } = paper;
  const right = points.map((each) => [x(each.min_confidence), y(each.accuracy)]);
  const answered = points.map((each) => [x(each.min_confidence), y(each.coverage)]);
  return [
    svg('path', { class: 'plot-answered', d: path(answered) }),
    svg('path', { class: 'chart-line', d: path(right) }),
    ...ends(paper, right[right.length - 1], answered[answered.length - 1]),
    ...mark(paper, picked),
  ];
}

/** The lines are named where they end; apart enough to be read. */
function ends({ bottom }, [x, right], [, answered]) {
  const gap = 14;
  const middle = (right + answered) / 2;
  const apart = Math.abs(right - answered) >= gap;
  const upper = right <= answered ? -1 : 1;
  const rightAt = apart ? right : middle + (upper * gap) / 2;
  const answeredAt = apart ? answered : middle - (upper * gap) / 2;
  return [
    label(x + 6, Math.min(bottom, rightAt + 4), t('quality.right'), 'plot-name-right'),
    label(x + 6, Math.min(bottom, answeredAt + 4), t('quality.answered'), 'plot-name-answered'),
  ];
}

function mark({ x, y }, picked) {
  if (!picked) return [];
  const at = x(picked.min_confidence);
  return [
    svg('line', { class: 'plot-pick', x1: at, x2: at, y1: y(0), y2: y(1) }),
    svg('circle', { class: 'chart-dot', cx: at, cy: y(picked.accuracy), r: 4.5 }),
    svg('circle', { class: 'plot-dot-answered', cx: at, cy: y(picked.coverage), r: 4.5 }),
  ];
}
