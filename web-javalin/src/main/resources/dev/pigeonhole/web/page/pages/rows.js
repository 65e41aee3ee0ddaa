// The rows of a job: searched, filtered and sorted by the server, a page at a time. Every view is an address.
import { ApiProblem, get } from '../api.js';
import { h, replace } from '../dom.js';
import { number } from '../format.js';
import { pager, queryOf } from '../table.js';
import { button, later, problemPanel, progressBar, select } from '../ui.js';
import { t } from '../words.js';
import { openJob } from './job/frame.js';
import { openDrawer } from './rows/drawer.js';
import { facetPanel, filterChips } from './rows/facets.js';
import { rowTable } from './rows/list.js';

const ORDERS = ['row', '-row', 'category', 'doubt', 'confidence', '-confidence'];
const SIZES = [25, 50, 100, 200];
const FILTERS = ['q', 'status', 'category', 'cause', 'reviewed'];
const LOOK_AGAIN_MILLIS = 1000;
const TYPING_MILLIS = 300;

/** @type {import('../router.js').Show} */
export async function show(main, place, app) {
  const frame = await openJob(main, place, app, 'rows');
  if (!frame) return undefined;
  const page = new RowsPage(frame, place.query);
  page.build();
  app.keys.page([
    { keys: '/', words: t('keys.search'), run: () => page.search.focus(), single: true },
    { keys: 'j', words: t('keys.down'), run: () => page.table.step(1), single: true },
    { keys: 'k', words: t('keys.up'), run: () => page.table.step(-1), single: true },
  ]);
  await page.load();
  if (page.view.row) page.open(Number(page.view.row));
  return () => {
    page.close();
    frame.close();
  };
}

/** What is shown is in `view`, and in the address. */
class RowsPage {
  constructor(frame, query) {
    this.frame = frame;
    this.view = viewOf(query);
    this.turn = 0;
    this.timer = 0;
    this.drawer = null;
    this.page = { items: [], total: 0, exact: true };
  }

  build() {
    this.search = h('input', {
      type: 'search',
      id: 'search',
      value: this.view.q,
      placeholder: t('rows.searchHint'),
      autocomplete: 'off',
      spellcheck: 'false',
      'aria-keyshortcuts': '/',
    });
    const typed = later(() => this.change({ q: this.search.value.trim() }, false), TYPING_MILLIS);
    this.search.addEventListener('input', typed.soon);
    this.search.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') typed.flush();
    });
    this.typed = typed;
    this.order = select(
      ORDERS.map((order) => [order, t(`sort.${order}`)]),
      this.view.sort,
      { id: 'sort', onchange: () => this.change({ sort: this.order.value }) },
    );
    this.size = select(
      SIZES.map((size) => [String(size), number(size)]),
      String(this.view.limit),
      { id: 'page-size', onchange: () => this.change({ limit: Number(this.size.value) }) },
    );
    this.table = rowTable(this);
    this.facets = facetPanel(this);
    this.chips = h('div', { class: 'filter-chips', id: 'chips' });
    this.count = h('p', { class: 'rows-count', id: 'rows-count', role: 'status' });
    this.notice = h('div', { id: 'rows-notice' });
    this.foot = h('div', { class: 'rows-foot' });
    this.frame.body.append(
      this.toolbar(),
      h(
        'div',
        { class: 'rows-grid' },
        this.facets.node,
        h('div', { class: 'rows-main' }, this.chips, this.notice, this.table.node, this.foot),
      ),
    );
    this.frame.onEvent((event) => this.heard(event));
  }

  toolbar() {
    return h(
      'div',
      { class: 'rows-toolbar', role: 'search' },
      h(
        'div',
        { class: 'search-box' },
        h('label', { for: 'search' }, t('rows.search'), ' ', h('kbd', { 'aria-hidden': 'true' }, '/')),
        this.search,
      ),
      h('div', { class: 'tool' }, h('label', { for: 'sort' }, t('rows.sort')), this.order),
      h('div', { class: 'tool' }, h('label', { for: 'page-size' }, t('rows.size')), this.size),
      this.count,
    );
  }

  /** Says that there are newer rows, rather than moving those that are being read. */
  heard({ job }) {
    const done = job.rows.total - job.rows.waiting;
    if (this.doneWhenRead === undefined || done === this.doneWhenRead || this.offered) return;
    this.offered = true;
    if (this.page.items.length === 0) this.load();
    else
      replace(
        this.notice,
        h(
          'p',
          { class: 'newer' },
          t('rows.newer'),
          ' ',
          button(t('rows.showNewer'), { kind: 'quiet', id: 'show-newer', onclick: () => this.load() }),
        ),
      );
  }

  filter() {
    return Object.fromEntries(FILTERS.map((name) => [name, this.view[name]]));
  }

  /** The address of this view with some of it changed; a changed filter begins at the first page. */
  href(change) {
    return `${this.frame.base}/rows${queryOf(addressed({ ...this.view, skip: 0, row: '', ...change }))}`;
  }

  change(change, push = true) {
    this.view = { ...this.view, skip: 0, row: '', ...change };
    this.order.value = this.view.sort;
    if (document.activeElement !== this.search) this.search.value = this.view.q;
    this.frame.app.router.setQuery(addressed(this.view), { push });
    return this.load();
  }

  async load() {
    clearTimeout(this.timer);
    const turn = (this.turn += 1);
    this.table.busy(true);
    try {
      const [page, facets] = await Promise.all([this.read(), get(`${this.frame.api}/facets`, { query: this.filter() })]);
      if (turn === this.turn) this.draw(page, facets);
    } catch (problem) {
      if (turn === this.turn) this.fail(problem);
    } finally {
      if (turn === this.turn) this.table.busy(false);
    }
  }

  read() {
    const { sort, skip, limit } = this.view;
    return get(`${this.frame.api}/rows`, { query: { ...this.filter(), sort, skip, limit } });
  }

  draw(page, facets) {
    this.page = page;
    this.offered = false;
    this.doneWhenRead = this.frame.job.rows.total - this.frame.job.rows.waiting;
    replace(this.notice);
    const total = this.frame.job.rows.total;
    replace(this.count, t(page.exact ? 'rows.count' : 'rows.countAtLeast', { n: page.total, total }));
    filterChips(this);
    this.facets.update(facets);
    this.table.show(page);
    this.foot.hidden = page.items.length === 0;
    replace(
      this.foot,
      pager({
        skip: this.view.skip,
        limit: this.view.limit,
        total: page.total,
        exact: page.exact,
        href: (skip) => this.href({ skip }),
        go: (skip) => this.change({ skip }).then(() => this.table.toTop()),
      }),
    );
  }

  /** While the texts are made searchable, says how far that is and asks again. */
  fail(problem) {
    if (!(problem instanceof ApiProblem) || !problem.is('not-ready')) {
      replace(this.notice, problemPanel(problem, { retry: () => this.load() }));
      return;
    }
    const part = Math.floor(100 * (problem.more.progress || 0));
    const bar = progressBar(t('rows.searchable'), part);
    replace(
      this.notice,
      h(
        'div',
        { class: 'panel-note tone-running', id: 'not-ready' },
        h('div', null, h('p', null, t('rows.notReady', { percent: part })), bar),
      ),
    );
    this.timer = setTimeout(() => this.load(), LOOK_AGAIN_MILLIS);
  }

  open(row) {
    this.view.row = row;
    this.frame.app.router.setQuery(addressed(this.view));
    if (this.drawer) this.drawer.show(row);
    else this.drawer = openDrawer(this, row);
  }

  /** The drawer was closed; what was changed in it is shown in the table. */
  closed(changed) {
    const { row } = this.view;
    this.drawer = null;
    this.view.row = '';
    this.frame.app.router.setQuery(addressed(this.view));
    this.table.show(this.page);
    this.table.focus(row);
    if (changed) this.load().then(() => this.table.focus(row));
  }

  close() {
    clearTimeout(this.timer);
    this.typed.cancel();
    this.turn = -1;
    this.drawer?.leave();
  }
}

function viewOf(query) {
  const text = (name) => query.get(name) || '';
  const limit = Number(text('limit'));
  return {
    q: text('q'),
    status: text('status'),
    category: text('category'),
    cause: text('cause'),
    reviewed: text('reviewed'),
    sort: ORDERS.includes(text('sort')) ? text('sort') : 'row',
    skip: Math.max(0, Math.floor(Number(text('skip')) || 0)),
    limit: SIZES.includes(limit) ? limit : 50,
    row: text('row'),
  };
}

/** Without what is as usual, so that addresses stay short. */
function addressed(view) {
  return {
    ...view,
    sort: view.sort === 'row' ? '' : view.sort,
    skip: view.skip || '',
    limit: view.limit === 50 ? '' : view.limit,
  };
}
