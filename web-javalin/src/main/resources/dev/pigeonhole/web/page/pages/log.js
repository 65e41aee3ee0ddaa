// What the job wrote into error.log, newest first.
import { get } from '../api.js';
import { h, replace } from '../dom.js';
import { utc } from '../format.js';
import { pager, queryOf } from '../table.js';
import { button, emptyState, later, loading, problemPanel } from '../ui.js';
import { t } from '../words.js';
import { inPageLink, openJob } from './job/frame.js';

const LEVELS = ['', 'warn', 'error'];
const LIMIT = 100;
const EVERY_MILLIS = 4000;
const WHEN = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** @type {import('../router.js').Show} */
export async function show(main, place, app) {
  const frame = await openJob(main, place, app, 'log');
  if (!frame) return undefined;
  const page = new LogPage(frame, place.query);
  page.build();
  app.keys.page([{ keys: '/', words: t('keys.search'), run: () => page.search.focus(), single: true }]);
  await page.load();
  return () => {
    page.close();
    frame.close();
  };
}

class LogPage {
  constructor(frame, query) {
    const level = query.get('level') || '';
    this.frame = frame;
    this.view = {
      level: LEVELS.includes(level) ? level : '',
      q: query.get('q') || '',
      skip: Math.max(0, Number(query.get('skip')) || 0),
    };
    this.turn = 0;
    this.timer = setInterval(() => this.refresh(), EVERY_MILLIS);
    this.seen = '';
  }

  build() {
    this.levels = h('nav', { class: 'tabs', 'aria-label': t('log.level') });
    this.search = h('input', {
      type: 'search',
      id: 'search',
      value: this.view.q,
      placeholder: t('log.searchHint'),
      autocomplete: 'off',
      spellcheck: 'false',
    });
    const typed = later(() => this.change({ q: this.search.value.trim() }, false), 300);
    this.search.addEventListener('input', typed.soon);
    this.typed = typed;
    this.count = h('p', { class: 'rows-count', role: 'status' });
    this.list = h('div', { id: 'log' }, loading());
    this.foot = h('div', { class: 'rows-foot' });
    this.frame.body.append(
      h(
        'div',
        { class: 'rows-toolbar', role: 'search' },
        h(
          'div',
          { class: 'search-box' },
          h('label', { for: 'search' }, t('log.search'), ' ', h('kbd', { 'aria-hidden': 'true' }, '/')),
          this.search,
        ),
        this.levels,
        this.count,
      ),
      this.list,
      this.foot,
    );
    this.drawLevels();
  }

  drawLevels() {
    const at = [...this.levels.children].indexOf(document.activeElement);
    replace(
      this.levels,
      LEVELS.map((level) =>
        inPageLink(t(`log.level.${level || 'all'}`), this.href({ level }), () => this.change({ level }), {
          id: `level-${level || 'all'}`,
          class: 'tab',
          'aria-current': level === this.view.level ? 'page' : null,
        }),
      ),
    );
    this.levels.children[at]?.focus();
  }

  href(change) {
    const view = { ...this.view, skip: 0, ...change };
    return `${this.frame.base}/log${queryOf({ ...view, skip: view.skip || '' })}`;
  }

  change(change, push = true) {
    this.view = { ...this.view, skip: 0, ...change };
    this.frame.app.router.setQuery({ ...this.view, skip: this.view.skip || '' }, { push });
    this.drawLevels();
    return this.load();
  }

  /** New lines come by themselves while somebody looks at the first page. */
  refresh() {
    if (!document.hidden && this.view.skip === 0 && !this.list.contains(document.activeElement)) this.load();
  }

  async load() {
    const turn = (this.turn += 1);
    try {
      const page = await get(`${this.frame.api}/log`, { query: { ...this.view, limit: LIMIT } });
      if (turn === this.turn) this.draw(page);
    } catch (problem) {
      if (turn === this.turn) this.fail(problem);
    }
  }

  fail(problem) {
    this.seen = '';
    replace(this.list, problemPanel(problem, { retry: () => this.load() }));
  }

  draw(page) {
    const seen = JSON.stringify([page, this.view]);
    if (seen === this.seen) return;
    this.seen = seen;
    replace(this.count, t(page.exact === false ? 'log.countAtLeast' : 'log.count', { n: page.total }));
    replace(this.list, page.items.length ? lines(page.items) : this.nothing());
    this.foot.hidden = page.items.length === 0;
    replace(
      this.foot,
      pager({
        skip: this.view.skip,
        limit: LIMIT,
        total: page.total,
        exact: page.exact,
        href: (skip) => this.href({ skip }),
        go: (skip) => this.change({ skip }),
      }),
    );
  }

  nothing() {
    if (!this.view.level && !this.view.q) return emptyState(t('log.none'), t('log.noneText'));
    const all = () => {
      this.search.value = '';
      this.change({ level: '', q: '' });
    };
    return emptyState(t('log.noneHere'), t('log.noneHereText'), [button(t('log.showAll'), { id: 'log-all', onclick: all })]);
  }

  close() {
    this.turn = -1;
    this.typed.cancel();
    clearInterval(this.timer);
  }
}

function lines(items) {
  return h(
    'ol',
    { class: 'log-lines', tabIndex: 0, 'aria-label': t('log.title') },
    items.map((item) =>
      h(
        'li',
        { class: `log-line level-${String(item.level).toLowerCase()}` },
        exactTime(item.at),
        h('span', { class: 'log-level' }, item.level),
        h('span', { class: 'log-text', dir: 'auto' }, item.text),
      ),
    ),
  );
}

/** To the second: lines of a log come close together. */
function exactTime(iso) {
  const at = new Date(iso);
  return h('time', { datetime: iso, title: utc(iso) }, Number.isNaN(at.getTime()) ? iso : WHEN.format(at));
}
