// Precision and recall of each category, the weakest first, to be put in another order by the heads.
import { h, svg } from '../dom.js';
import { confidence, number, share } from '../format.js';
import { dataTable } from '../table.js';
import { t } from '../words.js';

const SHOWN = 15;
const TEXT = new Intl.Collator(document.documentElement.lang || 'en', { numeric: true });

export function categoryTable(categories, links) {
  const state = { order: 'f1', all: categories.length <= SHOWN };
  const table = dataTable({
    id: 'quality-categories',
    caption: t('quality.categories'),
    columns: columns(links),
    sort: (order) => {
      state.order = order;
      show();
    },
  });
  const more = h('button', { type: 'button', class: 'button linklike', id: 'quality-all', hidden: state.all }, '');
  more.addEventListener('click', () => {
    state.all = !state.all;
    show();
  });
  const show = () => {
    const sorted = [...categories].sort(comparing(state.order));
    table.show(state.all ? sorted : sorted.slice(0, SHOWN), { order: state.order, total: categories.length });
    more.textContent = state.all ? t('chart.fewer') : t('chart.all', { n: categories.length });
    more.setAttribute('aria-expanded', String(state.all));
  };
  show();
  return h(
    'section',
    { class: 'card quality-section' },
    h('h2', null, t('quality.categories')),
    h('p', { class: 'hint' }, t('quality.categoriesHint')),
    table.node,
    more,
  );
}

function columns(links) {
  const counted = (name, label) => ({ label, class: 'number', sorts: [`-${name}`, name], cell: (item) => number(item[name]) });
  return [
    { label: t('quality.category'), class: 'quality-name', sorts: ['name', '-name'], cell: (item) => nameOf(item.name, links) },
    { label: t('quality.precision'), class: 'quality-part', sorts: ['precision', '-precision'], cell: (item) => part(item.precision) },
    { label: t('quality.recall'), class: 'quality-part', sorts: ['recall', '-recall'], cell: (item) => part(item.recall) },
    { label: t('quality.f1'), class: 'number', sorts: ['f1', '-f1'], cell: (item) => confidence(item.f1) },
    counted('truth', t('quality.truth')),
    counted('answered', t('quality.got')),
    counted('right', t('quality.right')),
  ];
}

/** A category, as a link to the rows that got it where those can be seen. */
export function nameOf(name, links) {
  if (name === null || name === undefined) return h('em', null, t('quality.noCategory'));
  if (!links.rowsOf) return h('bdi', null, name);
  return h('a', { href: links.rowsOf(name), title: t('quality.openRows', { name }) }, h('bdi', null, name));
}

function part(value) {
  const width = Math.max(0, 100 * (value ?? 0));
  return [
    svg(
      'svg',
      { class: 'part-bar', viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true', focusable: 'false' },
      svg('rect', { class: 'range-track', width: 100, height: 8 }),
      svg('rect', { class: 'bar-fill', width, height: 8 }),
    ),
    h('span', null, share(value)),
  ];
}

/** What has no value comes last, whichever way. */
function comparing(order) {
  const name = order.replace(/^-/, '');
  const sign = order.startsWith('-') ? -1 : 1;
  const names = (a, b) => TEXT.compare(a.name, b.name);
  if (name === 'name') return (a, b) => sign * names(a, b);
  return (a, b) => {
    const missing = Number(a[name] === null) - Number(b[name] === null);
    return missing || sign * ((a[name] ?? 0) - (b[name] ?? 0)) || b.truth - a.truth || names(a, b);
  };
}
