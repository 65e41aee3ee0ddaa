// How right the answers were: figures, charts and tables of an evaluation. It asks no server, so a report on a disk can show it too.
import './words-quality.js';
import { h } from './dom.js';
import { number } from './format.js';
import { categoryTable } from './quality/categories.js';
import { confusedPairs } from './quality/confused.js';
import { curveChart } from './quality/curve.js';
import { keyFigures } from './quality/figures.js';
import { reliabilityChart } from './quality/reliability.js';
import { sourceTable } from './quality/sources.js';
import { emptyState, note } from './ui.js';
import { t } from './words.js';

/**
 * Everything an evaluation says; docs/formats.md describes it.
 *
 * @param {any} evaluation
 * @param {{rowsOf?: (category: string) => string}} [links] where the rows that got a category can be seen
 * @returns {HTMLElement}
 */
export function qualityView(evaluation, links = {}) {
  const left = leftOut(evaluation);
  if (!evaluation.judged) {
    return h('div', { class: 'quality' }, emptyState(t('quality.none'), t('quality.noneText')), left);
  }
  return h(
    'div',
    { class: 'quality' },
    h('p', { class: 'quality-lead' }, sentence(evaluation)),
    left,
    keyFigures(evaluation),
    h('div', { class: 'quality-charts' }, reliabilityChart(evaluation.reliability), curveChart(evaluation.thresholds)),
    categoryTable(evaluation.categories, links),
    confusedPairs(evaluation, links),
    sourceTable(evaluation.sources),
  );
}

function sentence({ of, judged, answered, accuracy }) {
  const column = of?.truth_column ? ` ${t('quality.judgedBy', { column: of.truth_column })}` : '';
  return t('quality.sentence', { answered: number(answered), judged: number(judged), right: number(accuracy.count) }) + column;
}

/** Rows that say nothing about right and wrong, and why. */
function leftOut({ without_truth: without, unknown_truth: unknown, unknown_truths: named = [], left = 0 }) {
  if (!without && !unknown && !left) return null;
  return note(
    unknown ? 'warn' : 'idle',
    t('quality.leftOut'),
    h(
      'ul',
      null,
      without > 0 && h('li', null, t('quality.without', { n: without })),
      unknown > 0 && h('li', null, t('quality.unknown', { n: unknown }), unknownNames(named)),
      left > 0 && h('li', null, t('quality.left', { n: left })),
    ),
  );
}

function unknownNames(named) {
  return named.map(({ name, rows }, at) => [at ? ', ' : ': ', h('bdi', null, t('quality.named', { name, rows }))]);
}
