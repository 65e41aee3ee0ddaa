// Which categories are taken for which: the pairs as a list, and the worst of them side by side.
import { h } from '../dom.js';
import { number, share } from '../format.js';
import { t } from '../words.js';
import { nameOf } from './categories.js';

const FEW_PAIRS = 10;
const IN_MATRIX = 8;
const SHADES = 5;

export function confusedPairs({ confused, categories }, links) {
  const title = h('h2', { id: 'quality-confused-title' }, t('quality.confused'));
  const section = (...content) =>
    h('section', { class: 'card quality-section', id: 'quality-confused', 'aria-labelledby': title.id }, title, content);
  if (!confused || !confused.length) return section(h('p', { class: 'hint' }, t('quality.noConfused')));
  return section(
    h('p', { class: 'hint', dir: 'auto' }, summary(confused[0])),
    h('div', { class: 'quality-confusion' }, pairList(confused, links), matrix(confused, categories)),
  );
}

function summary({ truth, answer, rows, share: part }) {
  return t('quality.confusedSummary', { truth, answer: answer ?? t('quality.noCategory'), n: rows, share: share(part) });
}

function pairList(confused, links) {
  const list = h('ol', { class: 'quality-pairs' });
  const more = h('button', { type: 'button', class: 'button linklike', id: 'quality-all-pairs', hidden: confused.length <= FEW_PAIRS });
  let all = false;
  const show = () => {
    list.replaceChildren(...(all ? confused : confused.slice(0, FEW_PAIRS)).map((pair) => pairItem(pair, links)));
    more.textContent = all ? t('chart.fewer') : t('chart.all', { n: confused.length });
    more.setAttribute('aria-expanded', String(all));
  };
  more.addEventListener('click', () => {
    all = !all;
    show();
  });
  show();
  return h('div', null, list, more);
}

function pairItem({ truth, answer, rows, share: part }, links) {
  return h(
    'li',
    null,
    h('span', { class: 'pair-names' }, h('bdi', null, truth), h('span', { class: 'pair-arrow' }, h('span', { 'aria-hidden': 'true' }, '→'), h('span', { class: 'visually-hidden' }, t('quality.takenFor'))), nameOf(answer, links)),
    h('span', { class: 'pair-rows' }, number(rows), ' ', h('span', { class: 'hint' }, share(part))),
  );
}

/** The categories that the most frequent pairs are about, and how often each was taken for each other. */
function matrix(confused, categories) {
  const names = worst(confused);
  const key = (truth, answer) => JSON.stringify([truth, answer]);
  const counts = new Map(confused.map((pair) => [key(pair.truth, pair.answer), pair.rows]));
  const right = new Map(categories.map((each) => [each.name, each.right]));
  const most = Math.max(1, ...confused.map((pair) => pair.rows));
  const cell = (truth, answer) => {
    if (truth === answer) return h('td', { class: 'number is-right' }, number(right.get(truth) ?? 0));
    const rows = counts.get(key(truth, answer));
    if (!rows) return h('td', { class: 'number' }, h('span', { 'aria-hidden': 'true' }, '·'), h('span', { class: 'visually-hidden' }, t('quality.matrixNone')));
    return h('td', { class: `number heat-${Math.ceil((SHADES * rows) / most)}` }, number(rows));
  };
  return h(
    'div',
    { class: 'quality-matrix' },
    h('h3', { id: 'quality-matrix-title' }, t('quality.matrix')),
    h('p', { class: 'hint' }, t('quality.matrixHint')),
    h(
      'div',
      { class: 'table-box', tabIndex: 0, role: 'region', 'aria-labelledby': 'quality-matrix-title' },
      h(
        'table',
        { class: 'matrix', 'aria-labelledby': 'quality-matrix-title' },
        h('thead', null, h('tr', null, h('th', { scope: 'col' }, t('quality.matrixCorner')), names.map((name, at) => h('th', { scope: 'col', class: 'number', title: name }, h('span', { 'aria-hidden': 'true' }, letter(at)), h('span', { class: 'visually-hidden' }, name))))),
        h('tbody', null, names.map((truth, at) => h('tr', null, h('th', { scope: 'row' }, h('span', { class: 'matrix-letter', 'aria-hidden': 'true' }, letter(at)), h('bdi', null, truth)), names.map((answer) => cell(truth, answer))))),
      ),
    ),
  );
}

/** Names are too long for the heads of narrow columns. */
function letter(at) {
  return String.fromCharCode('A'.charCodeAt(0) + at);
}

function worst(confused) {
  const names = new Set();
  for (const { truth, answer } of confused) {
    const both = [truth, answer].filter((name) => name !== null && name !== undefined && !names.has(name));
    if (names.size + both.length <= IN_MATRIX) both.forEach((name) => names.add(name));
  }
  return [...names];
}
