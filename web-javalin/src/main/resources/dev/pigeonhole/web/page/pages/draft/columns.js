// The second section: what each column is used for.

import * as api from '../../api.js';
import { h, replace } from '../../dom.js';
import { number, percent } from '../../format.js';
import { note, problemPanel, select, table } from '../../ui.js';
import { t } from '../../words.js';
import { same, section, tooEarly } from './section.js';

const USES = ['text', 'id', 'truth', 'other'];

export function columnsSection({ store }) {
  const { node, body } = section('columns', 2);
  const summary = h('div', { class: 'stack', id: 'columns-summary' });
  let shown = null;
  let sample = null;

  function update() {
    const { draft } = store;
    if (!draft || !draft.found) {
      shown = null;
      tooEarly(body, draft && draft.problem ? t('columns.unreadable') : t('columns.noFile'));
      return;
    }
    if (!shown || !same(shown, draft.found.columns)) {
      shown = draft.found.columns;
      sample = null;
      replace(body, h('p', { class: 'muted' }, t('columns.lead')), columnTable(draft.found.columns, use), summary);
      loadSample(draft.id);
    }
    showUses();
  }

  function showUses() {
    const columns = store.part('columns');
    for (const column of shown) {
      body.querySelector('#use-' + column.index).value = useOf(columns, name(column));
    }
    replace(summary, describe(store, columns, sample));
  }

  function use(column, role) {
    const columns = without(store.part('columns'), name(column));
    if (role === 'text') {
      const order = shown.map(name);
      columns.text = [...columns.text, name(column)].sort((a, b) => order.indexOf(a) - order.indexOf(b));
    } else if (role !== 'other') {
      columns[role] = name(column);
    }
    store.change('columns', columns);
  }

  async function loadSample(id) {
    try {
      const page = await api.get('/drafts/' + id + '/preview', { query: { skip: 0, limit: 1 } });
      sample = page.rows[0] ? Object.fromEntries(shown.map((column, at) => [name(column), page.rows[0].values[at] || ''])) : null;
      showUses();
    } catch (problem) {
      sample = null; // the file section shows the same problem
    }
  }
  return { node, update };
}

function name(column) {
  return column.name;
}

function useOf(columns, column) {
  if (columns.text.includes(column)) {
    return 'text';
  }
  return columns.id === column ? 'id' : columns.truth === column ? 'truth' : 'other';
}

function without(columns, column) {
  return {
    text: columns.text.filter((each) => each !== column),
    id: columns.id === column ? null : columns.id,
    truth: columns.truth === column ? null : columns.truth,
  };
}

function columnTable(columns, use) {
  return table(t('columns.caption'), [
    { label: t('columns.column'), class: 'strong', cell: (column) => h('span', { dir: 'auto' }, column.name) },
    { label: t('columns.use'), cell: (column) => useSelect(column, use) },
    { label: t('columns.why'), class: 'why', cell: (column) => t('columns.guessed', { use: t('columns.use.' + column.guess), reason: column.reason }) },
    { label: t('columns.filled'), numeric: true, cell: (column) => percent(column.filled) },
    { label: t('columns.distinct'), numeric: true, cell: (column) => (column.distinctExact ? '' : '≈ ') + number(column.distinct) },
    { label: t('columns.typical'), numeric: true, cell: (column) => number(column.typicalLength) },
    { label: t('columns.sample'), class: 'sample', cell: (column) => h('span', { dir: 'auto' }, column.sample) },
  ], columns, { id: 'columns-table' });
}

function useSelect(column, use) {
  const node = select(USES.map((role) => [role, t('columns.use.' + role)]), 'other',
    { id: 'use-' + column.index, 'aria-label': t('columns.useOf', { name: column.name }), onchange: () => use(column, node.value) });
  return node;
}

function describe(store, columns, sample) {
  const { found } = store.draft;
  const problem = store.problem('columns');
  if (columns.text.length === 0) {
    return [problem && problemPanel(problem), note('warn', t('columns.noText'))];
  }
  return [
    problem && problemPanel(problem),
    h('div', { class: 'panel' }, h('p', null, t('columns.textIs'), ' ', columns.text.map((column, at) => [at > 0 && ' + ', h('strong', { dir: 'auto' }, column)])),
      sample && h('blockquote', { class: 'quote', dir: 'auto' }, columns.text.map((column) => sample[column]).filter(Boolean).join('\n'))),
    found.withoutText > 0 && note('idle', t('columns.withoutText', { n: found.withoutText })),
    columns.truth && h('p', { class: 'note' }, t('columns.truthKept')),
  ];
}
