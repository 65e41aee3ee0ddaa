// The first rows of a file, as they are read.

import * as api from '../../api.js';
import { h, replace } from '../../dom.js';
import { number } from '../../format.js';
import { button, loading, note, problemPanel } from '../../ui.js';
import { t } from '../../words.js';

const ROWS = 20;

export function preview(id, found, store) {
  const box = h('div', { class: 'preview' }, loading());
  let skip = 0;
  async function load() {
    try {
      const page = await api.get('/drafts/' + id + '/preview', { query: { skip, limit: ROWS } });
      replace(box, broken(page, found, store), pageTable(page), pager(page, skip, (to) => { skip = to; load(); }));
    } catch (problem) {
      replace(box, problemPanel(problem, { retry: load }));
    }
  }
  load();
  return box;
}

function pageTable(page) {
  return h('div', { class: 'table-box preview-box', tabIndex: 0, role: 'region', 'aria-label': t('preview.label') },
    h('table', { class: 'table', id: 'preview-table' }, h('caption', { class: 'visually-hidden' }, t('preview.label')),
      h('thead', null, h('tr', null, h('th', { scope: 'col', class: 'number' }, t('preview.row')), page.columns.map((name) => h('th', { scope: 'col', dir: 'auto' }, name)))),
      h('tbody', null, page.rows.map((row) => h('tr', { class: row.note && 'odd' },
        h('td', { class: 'number muted' }, number(row.row)),
        row.values.map((value) => h('td', { dir: 'auto' }, h('div', { class: 'cell' }, value))),
        row.note && h('td', { class: 'note' }, row.note))))));
}

function pager(page, skip, go) {
  if (page.total <= ROWS) {
    return null;
  }
  return h('div', { class: 'row pager' },
    h('span', { class: 'note' }, t('preview.shown', { from: skip + 1, to: Math.min(page.total, skip + page.rows.length), total: page.total })),
    h('span', { class: 'row push' },
      button(t('preview.earlier'), { class: 'small', disabled: skip === 0, onclick: () => go(Math.max(0, skip - ROWS)) }),
      button(t('preview.later'), { class: 'small', disabled: skip + ROWS >= page.total, onclick: () => go(skip + ROWS) })));
}

// Letters that were read in the wrong encoding have a look of their own.
function broken(page, found, store) {
  const text = page.rows.map((row) => row.values.join(' ')).join(' ') + page.columns.join(' ');
  const better = /[ÃÂ][\u0080-\u00BF]|â€/.test(text) && !/^UTF-8/i.test(found.encoding) ? 'UTF-8' : text.includes('\uFFFD') && /^UTF-8/i.test(found.encoding) ? 'windows-1252' : null;
  if (!better) {
    return null;
  }
  return note('warn', t('preview.broken', { encoding: better }),
    button(t('preview.tryIt'), { class: 'small', onclick: () => store.change('reading', { ...store.part('reading'), encoding: better }, { now: true }) }));
}
