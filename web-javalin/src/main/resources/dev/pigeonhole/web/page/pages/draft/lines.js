// What is odd about the lines of a file, with their numbers.

import * as api from '../../api.js';
import { h, replace } from '../../dom.js';
import { number } from '../../format.js';
import { button, dialog, loading, note, problemPanel, table } from '../../ui.js';
import { t } from '../../words.js';

const KINDS = ['longRows', 'shortRows', 'rowsWithBadBytes', 'rowsWithNul', 'rowsWithLooseQuotes', 'blankLines'];

/** Null if nothing is odd. */
export function badLines(id, found) {
  const odd = KINDS.filter((kind) => found.oddities[kind] > 0);
  if (odd.length === 0 && found.notices.length === 0) {
    return null;
  }
  const texts = found.notices.length > 0 ? found.notices : odd.map((kind) => t('lines.' + kind, { n: found.oddities[kind] }));
  return h('div', { class: 'stack', id: 'bad-lines' }, texts.map((text, at) => note('warn', text, at === 0 && odd.length > 0 && button(t('lines.show'), { class: 'small', id: 'show-lines', onclick: () => showLines(id) }))));
}

function showLines(id) {
  const body = h('div', { class: 'stack' }, loading());
  dialog({ title: t('lines.title'), body, wide: true }).open();
  api.get('/drafts/' + id + '/problems').then((told) => replace(body, listed(told)), (problem) => replace(body, problemPanel(problem)));
}

function listed({ items, more }) {
  return [table(t('lines.title'), [
    { label: t('lines.row'), numeric: true, cell: (line) => number(line.row) },
    { label: t('lines.line'), numeric: true, cell: (line) => number(line.line) },
    { label: t('lines.kind'), cell: (line) => t('lines.kind.' + line.kind) },
    { label: t('lines.detail'), class: 'text', cell: (line) => line.detail },
  ], items), more > 0 && h('p', { class: 'note' }, t('lines.more', { n: more }))];
}
