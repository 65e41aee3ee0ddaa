// A table of data that lives on the server: sorted by its heads, in pages that are addresses, and as cards on a phone.
import { h, replace } from './dom.js';
import { number } from './format.js';
import { t } from './words.js';

/**
 * @typedef {{label: string, cell: (item: any) => any, class?: string, sorts?: string[]}} Column `sorts` are the names of the orders
 *     that a press on the head goes through, the first ascending, the second descending
 */

/**
 * @param {{id: string, caption: string, columns: Column[], sort?: (order: string) => void, mark?: (item: any) => boolean}} spec
 * @returns {{node: HTMLElement, show: (items: any[], place: {order?: string, skip?: number, total?: number}) => void,
 *     busy: (on: boolean) => void}}
 */
export function dataTable(spec) {
  const heads = spec.columns.map((column) => head(column, spec.sort));
  const body = h('tbody');
  const table = h(
    'table',
    { id: spec.id, class: 'data' },
    h('caption', { class: 'visually-hidden' }, spec.caption),
    h(
      'thead',
      null,
      h(
        'tr',
        null,
        heads.map((each) => each.node),
      ),
    ),
    body,
  );
  return {
    node: h('div', { class: 'data-box', tabIndex: 0, role: 'region', 'aria-label': spec.caption }, table),
    show(items, { order = '', skip = 0, total = items.length }) {
      heads.forEach((each) => each.order(order));
      table.setAttribute('aria-rowcount', String(total + 1));
      replace(
        body,
        items.map((item, at) => line(spec, item, skip + at + 2)),
      );
    },
    busy(on) {
      table.setAttribute('aria-busy', String(on));
    },
  };
}

function line(spec, item, index) {
  const current = spec.mark && spec.mark(item);
  return h(
    'tr',
    { 'aria-rowindex': index, class: current ? 'current' : null },
    spec.columns.map((column) =>
      h('td', { class: column.class, data: { label: column.label } }, h('div', { class: 'data-cell' }, column.cell(item))),
    ),
  );
}

/** A head; one that sorts is a button, and says its order by `aria-sort` and an arrow. */
function head(column, sort) {
  const node = h('th', { scope: 'col', class: column.class });
  if (!column.sorts) {
    replace(node, column.label);
    return { node, order: () => {} };
  }
  const arrow = h('span', { class: 'sort-arrow', 'aria-hidden': 'true' });
  let now = '';
  const press = () => sort(column.sorts[(column.sorts.indexOf(now) + 1) % column.sorts.length]);
  replace(node, h('button', { type: 'button', class: 'sort', onclick: press }, column.label, arrow));
  return {
    node,
    order(order) {
      now = order;
      const at = column.sorts.indexOf(order);
      arrow.textContent = at < 0 ? '↕' : ['▲', '▼'][at];
      if (at < 0) node.removeAttribute('aria-sort');
      else node.setAttribute('aria-sort', ['ascending', 'descending'][at]);
    },
  };
}

/**
 * Where one is in a long list, and the ways on. Each page is a link.
 *
 * @param {{skip: number, limit: number, total: number, exact?: boolean, href: (skip: number) => string, go: (skip: number) => void}} place
 */
export function pager(place) {
  const { skip, limit, total, exact = true } = place;
  const last = Math.max(0, Math.ceil(total / limit) - 1);
  const now = Math.floor(skip / limit);
  const from = total ? skip + 1 : 0;
  const to = Math.min(total, skip + limit);
  const words = t(exact ? 'pager.range' : 'pager.rangeAtLeast', { from: number(from), to: number(to), total: number(total) });
  return h(
    'nav',
    { class: 'page-nav', 'aria-label': t('pager.label') },
    h('span', { class: 'pager-range' }, words),
    last > 0 &&
      h(
        'span',
        { class: 'pager-links' },
        step(place, now - 1, now > 0, '‹', t('pager.previous'), 'page-previous'),
        pagesNear(now, last).map((page) =>
          page === null ? h('span', { class: 'pager-gap', 'aria-hidden': 'true' }, '…') : pageLink(place, page, page === now),
        ),
        step(place, now + 1, now < last, '›', t('pager.next'), 'page-next'),
      ),
  );
}

/** The first, the last, and those around; null is a gap. */
function pagesNear(now, last) {
  const wanted = [...new Set([0, now - 1, now, now + 1, last])].filter((page) => page >= 0 && page <= last).sort((a, b) => a - b);
  return wanted.flatMap((page, at) => (at > 0 && page - wanted[at - 1] > 1 ? [null, page] : [page]));
}

function pageLink(place, page, current) {
  return h(
    'a',
    {
      href: place.href(page * place.limit),
      class: 'page-link',
      'aria-current': current ? 'page' : null,
      'aria-label': t('pager.page', { page: number(page + 1) }),
      onclick: plainClick(() => place.go(page * place.limit)),
    },
    number(page + 1),
  );
}

function step(place, page, possible, sign, words, id) {
  if (!possible) return h('span', { class: 'page-link off', 'aria-hidden': 'true' }, sign);
  return h(
    'a',
    {
      id,
      href: place.href(page * place.limit),
      class: 'page-link',
      'aria-label': words,
      onclick: plainClick(() => place.go(page * place.limit)),
    },
    sign,
  );
}

/** Does it in the page for a plain click; a click with a key still opens the address in a tab or window of its own. */
export function plainClick(act) {
  return (event) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    act(event);
  };
}

/** A query as the end of an address, without what is empty. */
export function queryOf(values) {
  const params = new URLSearchParams();
  Object.entries(values).forEach(([name, value]) => {
    if (value !== null && value !== undefined && value !== '' && value !== false) params.set(name, String(value));
  });
  const text = params.toString();
  return text ? `?${text}` : '';
}
