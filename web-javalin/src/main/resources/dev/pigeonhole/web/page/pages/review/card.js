// What the desk shows of a row.
import { h } from '../../dom.js';
import { confidence, number } from '../../format.js';
import { statusBadge } from '../../ui.js';
import { t } from '../../words.js';

/** A long name may be broken after its underscores. */
export function breakable(name) {
  return name.split(/(?<=_)/).flatMap((part, at) => (at ? [h('wbr'), part] : [part]));
}

/** The row as a person reads it: its texts in large letters, the rest behind a fold, and what was said of it before. */
export function rowText(row) {
  const texts = (row.columns || []).filter((column) => column.text);
  const others = (row.columns || []).filter((column) => !column.text && column.value);
  return h(
    'div',
    { class: 'review-row' },
    h(
      'p',
      { class: 'review-source' },
      h('span', null, t('drawer.row', { row: number(row.row) })),
      row.id && h('span', { class: 'row-id', dir: 'auto' }, row.id),
      statusBadge(row.status),
      guess(row),
    ),
    h(
      'div',
      { class: 'review-text', id: 'review-text' },
      texts.length
        ? texts.map((column) =>
            texts.length > 1
              ? h('div', null, h('span', { class: 'hint', dir: 'auto' }, column.name), h('p', { dir: 'auto' }, column.value))
              : h('p', { dir: 'auto' }, column.value),
          )
        : h('p', { dir: 'auto' }, row.text),
    ),
    others.length > 0 &&
      h(
        'details',
        { class: 'review-more' },
        h('summary', null, t('review.columns', { n: others.length })),
        h(
          'dl',
          { class: 'drawer-columns' },
          others.map((column) => h('div', null, h('dt', { dir: 'auto' }, column.name), h('dd', { dir: 'auto' }, column.value))),
        ),
      ),
  );
}

function guess(row) {
  if (row.status === 'failed') return h('span', { class: 'review-guess', dir: 'auto' }, row.message || '');
  if (!row.category) return h('span', { class: 'review-guess' }, t('review.noGuess'));
  const sure = row.confidence === null || row.confidence === undefined ? '' : ` (${confidence(row.confidence)})`;
  return h(
    'span',
    { class: 'review-guess' },
    t('review.guess', { source: row.source || '—' }),
    ' ',
    h('strong', { dir: 'auto' }, row.category),
    sure,
  );
}
