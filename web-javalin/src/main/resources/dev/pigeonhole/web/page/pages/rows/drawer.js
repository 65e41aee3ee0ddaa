// One row in full: all its columns, what came out, what a person says of it, and the calls it was in.
import { get, post, put } from '../../api.js';
import { h, replace } from '../../dom.js';
import { confidence, money, number } from '../../format.js';
import { button, dialog, linkButton, loading, problemPanel, statusBadge, time } from '../../ui.js';
import { t } from '../../words.js';
import { categoryPicker } from '../job/picker.js';
import { causeWord } from './facets.js';
import { categoryCell } from './list.js';

/** Opens the drawer beside the table of `page`, which is told when it closes. */
export function openDrawer(page, row) {
  const drawer = new Drawer(page);
  drawer.show(row);
  drawer.box.open();
  return drawer;
}

class Drawer {
  constructor(page) {
    this.page = page;
    this.changed = false;
    this.left = false;
    this.content = h('div', { class: 'drawer-content' }, loading());
    this.previous = button(t('drawer.previous'), { sign: '‹', id: 'row-previous', onclick: () => this.step(-1) });
    this.next = button(t('drawer.next'), { sign: '›', id: 'row-next', onclick: () => this.step(1) });
    this.place = h('span', { class: 'hint' });
    this.box = dialog({
      title: t('drawer.title'),
      id: 'row-drawer',
      className: 'drawer',
      body: this.content,
      actions: [this.previous, this.place, this.next],
      onclose: () => {
        if (!this.left) page.closed(this.changed);
      },
    });
    this.heading = this.box.node.querySelector('h2');
    this.box.node.addEventListener('keydown', (event) => this.pressed(event));
    this.box.node.addEventListener('click', (event) => {
      if (event.target === this.box.node) this.box.close();
    });
  }

  /** The page is left, with its address: nothing is to be shown anew. */
  leave() {
    this.left = true;
    this.box.close();
  }

  pressed(event) {
    if (
      event.target.closest('input, select, textarea, pre, summary, [role=region]') ||
      event.altKey ||
      event.ctrlKey ||
      event.metaKey
    )
      return;
    if (event.key === 'ArrowLeft') this.step(-1);
    if (event.key === 'ArrowRight') this.step(1);
  }

  at() {
    return this.page.page.items.findIndex((each) => each.row === this.row);
  }

  step(by) {
    const next = this.page.page.items[this.at() + by];
    if (this.at() >= 0 && next) this.page.open(next.row);
  }

  async show(row) {
    this.row = row;
    this.heading.textContent = t('drawer.row', { row: number(row) });
    this.page.table.show(this.page.page);
    const at = this.at();
    const { items } = this.page.page;
    this.previous.disabled = at <= 0;
    this.next.disabled = at < 0 || at >= items.length - 1;
    this.place.textContent = at < 0 ? '' : t('drawer.place', { at: at + 1 + this.page.view.skip, total: this.page.page.total });
    try {
      const full = await get(`${this.page.frame.api}/rows/${row}`);
      if (this.row === row) this.draw(full);
    } catch (problem) {
      if (this.row === row) replace(this.content, problemPanel(problem, { retry: () => this.show(row) }));
    }
  }

  draw(row) {
    this.problem = h('div');
    const id = row.id ? h('span', { class: 'row-id', dir: 'auto' }, row.id) : null;
    replace(this.content, outcome(row, id), this.reviewPart(row), this.problem, columns(row), calls(row));
  }

  reviewPart(row) {
    const { job, base } = this.page.frame;
    if (!job.allowedActions.includes('review')) return h('p', { class: 'hint' }, t('drawer.noReview'));
    const say = (verdict, category) => () =>
      this.change(() => put(`${this.page.frame.api}/rows/${row.row}/review`, category ? { verdict, category } : { verdict }));
    const names = (job.byCategory || []).map((each) => each.name);
    const picker = categoryPicker({
      id: 'row-category',
      label: t('drawer.another'),
      names,
      choose: (name) => say('category', name)(),
    });
    this.loadNames(picker);
    return h(
      'section',
      { class: 'drawer-review', 'aria-label': t('drawer.review') },
      h(
        'div',
        { class: 'actions' },
        row.category &&
          row.review?.verdict !== 'confirmed' &&
          button(t('drawer.right'), { id: 'row-confirm', sign: '✓', onclick: say('confirmed') }),
        row.review?.verdict !== 'none' && button(t('drawer.none'), { id: 'row-none', sign: '◆', onclick: say('none') }),
        row.category &&
          button(t('drawer.example'), {
            id: 'row-example',
            sign: '+',
            onclick: () => this.change(() => addExample(this.page.frame, row)),
          }),
        row.review && button(t('drawer.withdraw'), { kind: 'quiet', id: 'row-withdraw', onclick: say('withdrawn') }),
      ),
      picker.node,
      row.review &&
        !row.published &&
        h(
          'p',
          { class: 'hint' },
          t('drawer.unpublished'),
          ' ',
          linkButton(t('drawer.toReview'), `${base}/review`, { kind: 'quiet' }),
        ),
    );
  }

  async loadNames(picker) {
    try {
      picker.names((await categoriesOf(this.page.frame)).map((each) => each.name));
    } catch (problem) {
      replace(this.problem, problemPanel(problem));
    }
  }

  async change(act) {
    try {
      const row = await act();
      this.changed = true;
      if (row && row.row === this.row) {
        this.page.page.items = this.page.page.items.map((each) => (each.row === row.row ? { ...each, ...row } : each));
        this.draw(row);
        this.page.table.show(this.page.page);
        this.box.node.querySelector('.dialog-body').focus();
        this.page.frame.app.announce(t('drawer.saved'));
      }
    } catch (problem) {
      replace(this.problem, problemPanel(problem));
    }
  }
}

/** The job's categories, in their order; read once. */
export function categoriesOf(frame) {
  frame.categories ??= get(`${frame.api}/setup`)
    .then((setup) => setup.categories.categories)
    .catch((problem) => {
      frame.categories = null;
      throw problem;
    });
  return frame.categories;
}

/** Adds the text to the examples of its category, in a draft; the job keeps its own. */
export async function addExample(frame, row) {
  const added = await post(`${frame.api}/rows/${row.row}/example`, { category: row.category });
  const open = {
    label: t('example.open'),
    run: () => frame.app.router.go(`/new/${encodeURIComponent(added.draft.id)}#categories`),
  };
  frame.app.toast(t('example.added', { category: added.category, n: added.examples }), { action: open });
}

function outcome(row, id) {
  const machine =
    row.review && row.machine
      ? [
          t('drawer.machine'),
          t('drawer.said', {
            what: row.machine.category || t(`state.${row.machine.status}`),
            confidence: confidence(row.machine.confidence),
            source: row.machine.source,
          }),
        ]
      : null;
  const facts = [
    [t('rows.category'), h('strong', null, categoryCell(row))],
    [t('rows.status'), statusBadge(row.status)],
    row.cause && [
      t('drawer.cause'),
      causeWord(row.cause),
      row.message && h('span', { class: 'hint', dir: 'auto' }, ` · ${row.message}`),
    ],
    [t('rows.confidence'), confidence(row.confidence)],
    [t('drawer.source'), row.source === 'human' ? t('drawer.human') : row.source || '—'],
    machine,
    row.review && [t('drawer.reviewed'), t(`verdict.${row.review.verdict}`), ' · ', time(row.review.at)],
    [t('drawer.where'), t('drawer.batch', { batch: row.batch ?? '—', part: row.subBatch ?? '—' }), id && [' · ', id]],
  ].filter(Boolean);
  return h(
    'dl',
    { class: 'drawer-facts' },
    facts.map(([name, ...value]) => h('div', null, h('dt', null, name), h('dd', null, value))),
  );
}

function columns(row) {
  const values = row.columns || [{ name: t('rows.text'), value: row.text, text: true }];
  return h(
    'section',
    null,
    h('h3', null, t('drawer.columns')),
    h(
      'dl',
      { class: 'drawer-columns' },
      values.map((column) =>
        h(
          'div',
          { class: column.text ? 'is-text' : null },
          h(
            'dt',
            null,
            h('span', { dir: 'auto' }, column.name),
            column.text && h('span', { class: 'hint' }, ` · ${t('drawer.categorizedBy')}`),
          ),
          h('dd', { dir: 'auto' }, column.value || '—'),
        ),
      ),
    ),
  );
}

function calls(row) {
  const list = row.calls || [];
  return h(
    'section',
    { id: 'row-calls' },
    h('h3', null, t('drawer.calls')),
    list.length === 0
      ? h('p', { class: 'hint' }, t('drawer.noCalls'))
      : h(
          'ol',
          { class: 'calls' },
          list.map((call) =>
            h(
              'li',
              null,
              h(
                'p',
                null,
                t('drawer.call', { number: call.number, round: call.round }),
                ' · ',
                call.model || '—',
                ' · ',
                call.state,
              ),
              h(
                'p',
                { class: 'hint' },
                [
                  t('drawer.callRows', { n: call.rows }),
                  call.tokens && t('drawer.tokens', { n: call.tokens }),
                  call.cost && money(call.cost, { exact: true }),
                ]
                  .filter(Boolean)
                  .join(' · '),
              ),
              call.answer &&
                h(
                  'details',
                  null,
                  h('summary', null, t('drawer.answer')),
                  h('pre', { tabIndex: 0, role: 'region', 'aria-label': t('drawer.answer'), dir: 'auto' }, pretty(call.answer)),
                ),
            ),
          ),
        ),
  );
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text; // an answer that is not JSON is just what one wants to see as it came
  }
}
