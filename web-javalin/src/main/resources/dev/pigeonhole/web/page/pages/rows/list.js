// The table of the rows page.
import { h } from '../../dom.js';
import { confidence, number, time } from '../../format.js';
import { dataTable, plainClick } from '../../table.js';
import { button, emptyState, statusBadge } from '../../ui.js';
import { t } from '../../words.js';

export function rowTable(page) {
  const table = dataTable({
    id: 'rows-table',
    caption: t('rows.caption'),
    sort: (sort) => page.change({ sort }),
    mark: (row) => String(row.row) === String(page.view.row),
    columns: [
      { label: t('rows.row'), class: 'cell-row number', sorts: ['row', '-row'], cell: (row) => rowLink(page, row) },
      {
        label: t('rows.text'),
        class: 'cell-text',
        cell: (row) => [
          row.id && h('span', { class: 'row-id', dir: 'auto' }, row.id),
          h('span', { class: 'two-lines', dir: 'auto' }, row.text || '—'),
        ],
      },
      { label: t('rows.category'), class: 'cell-category', sorts: ['category'], cell: categoryCell },
      {
        label: t('rows.confidence'),
        class: 'cell-confidence number',
        sorts: ['confidence', '-confidence'],
        cell: (row) => confidence(row.confidence),
      },
      { label: t('rows.status'), class: 'cell-status', cell: statusCell },
    ],
  });
  const empty = h('div', { id: 'rows-empty' });
  const node = h('div', { class: 'rows-list' }, table.node, empty);
  return {
    node,
    busy: table.busy,
    focus: (row) => node.querySelector(`[data-row="${Number(row)}"]`)?.focus(),
    step(by) {
      const links = [...node.querySelectorAll('.row-link')];
      const at = links.indexOf(document.activeElement);
      links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + by))]?.focus();
    },
    toTop: () => node.closest('.rows-main').scrollIntoView({ block: 'start' }),
    show({ items, total }) {
      table.show(items, { order: page.view.sort, skip: page.view.skip, total });
      table.node.hidden = items.length === 0;
      empty.replaceChildren(...(items.length ? [] : [nothing(page)]));
    },
  };
}

function nothing(page) {
  const filtered = Object.values(page.filter()).some(Boolean);
  if (!filtered) return emptyState(t('rows.noneYet'), t('rows.noneYetText'));
  const clear = button(t('rows.clear'), {
    id: 'clear-all',
    onclick: () => page.change({ q: '', status: '', category: '', cause: '', reviewed: '' }),
  });
  return emptyState(t('rows.none'), t('rows.noneText'), [clear]);
}

function rowLink(page, row) {
  return h(
    'a',
    {
      href: page.href({ row: row.row, skip: page.view.skip || '' }),
      class: 'row-link',
      data: { row: row.row },
      'aria-label': t('rows.open', { row: number(row.row) }),
      onclick: plainClick(() => page.open(row.row)),
    },
    number(row.row),
  );
}

/** The category; where a person said another one, both. */
export function categoryCell(row) {
  const was = row.machine && row.review && row.machine.category !== row.category ? row.machine : null;
  const now = h('span', { class: 'category', dir: 'auto' }, row.category || '—');
  return was
    ? [
        h('s', { class: 'was', dir: 'auto' }, was.category || t(`state.${was.status}`)),
        h('span', { 'aria-hidden': 'true' }, ' → '),
        now,
      ]
    : now;
}

function statusCell(row) {
  const badge = statusBadge(row.status);
  if (row.review) return [badge, h('span', { class: 'hint' }, ` ${t(`verdict.${row.review.verdict}`)} · ${time(row.review.at)}`)];
  return row.message ? [badge, h('span', { class: 'hint one-line', dir: 'auto' }, row.message)] : badge;
}
