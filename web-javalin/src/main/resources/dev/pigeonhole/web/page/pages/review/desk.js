// The desk at which rows are reviewed: the row, the keys, and what has been saved.
import { post, put } from '../../api.js';
import { h, replace } from '../../dom.js';
import { number } from '../../format.js';
import { button, choice, emptyState, linkButton, loading, mark, problemPanel, progressBar } from '../../ui.js';
import { queryOf } from '../../table.js';
import { t } from '../../words.js';
import { publish } from '../job/actions.js';
import { categoryPicker } from '../job/picker.js';
import { addExample } from '../rows/drawer.js';
import { breakable, rowText } from './card.js';
import { guesser } from './guesses.js';
import { QUEUES, ReviewQueue } from './queue.js';

const KEYED = 9;

export class ReviewDesk {
  /** @param {{name: string}[]} categories in their order */
  constructor(frame, queue, categories) {
    this.frame = frame;
    this.queueName = QUEUES[queue] ? queue : 'doubt';
    this.names = categories.map((each) => each.name);
    this.guess = guesser(categories);
    this.keyed = [];
    this.queue = new ReviewQueue(frame, this.queueName);
    this.row = null;
    this.done = 0;
    this.saving = 0;
    this.chain = Promise.resolve();
    this.closed = false;
  }

  build() {
    this.queues = h('nav', { class: 'tabs', 'aria-label': t('review.queues') });
    this.progress = progressBar(t('review.progress'));
    this.where = h('p', { class: 'review-where', id: 'review-progress' });
    this.saved = h('p', { class: 'review-saved', id: 'review-saved', role: 'status' });
    this.problem = h('div');
    this.card = h('div', { class: 'review-card card', id: 'review-card' }, loading());
    this.keysOn = choice(
      'checkbox',
      t('review.keys'),
      { id: 'review-keys', checked: this.frame.app.keys.enabled() },
      t('review.keysHint'),
    );
    this.keysOn.input.addEventListener('change', () => this.switchKeys());
    this.write = h('div', { class: 'review-write' });
    this.frame.body.append(
      h(
        'div',
        { class: 'review', id: 'review' },
        h('div', { class: 'review-top' }, this.queues, this.where, this.saved),
        this.progress,
        this.problem,
        this.card,
        this.write,
        this.keysOn,
      ),
    );
    this.frame.onEvent(() => {
      this.drawFrame();
      this.drawWrite();
    });
    this.drawFrame();
    this.frame.app.keys.page(this.shortcuts());
  }

  shortcuts() {
    const key = (keys, words, run) => ({
      keys,
      words,
      run: () => {
        if (this.row) run();
      },
      single: true,
    });
    return [
      ...Array.from({ length: Math.min(KEYED, this.names.length) }, (none, at) =>
        key(String(at + 1), t('review.category', { at: at + 1 }), () => this.decide('category', this.keyed[at])),
      ),
      key('/', t('review.any'), () => this.picker.input.focus()),
      { ...key('Enter', t('review.keep'), () => this.keep()), single: true },
      key('n', t('review.none'), () => this.decide('none')),
      key('s', t('review.skip'), () => this.skip()),
      { keys: 'u', words: t('review.undo'), run: () => this.undo(), single: true },
      key('e', t('review.example'), () => this.example()),
    ];
  }

  switchKeys() {
    this.frame.app.keys.enable(this.keysOn.input.checked);
    document.body.classList.toggle('keys-off', !this.keysOn.input.checked);
  }

  drawFrame() {
    document.body.classList.toggle('keys-off', !this.frame.app.keys.enabled());
    const { rows } = this.frame.job;
    const counts = { doubt: null, unmatched: rows.unmatched, failed: rows.failed };
    const links = Object.keys(QUEUES)
      .filter((name) => counts[name] !== 0 || name === this.queueName)
      .map((name) =>
        h(
          'a',
          {
            href: `${this.frame.base}/review${queryOf({ queue: name === 'doubt' ? '' : name })}`,
            class: 'tab',
            'aria-current': name === this.queueName ? 'page' : null,
            id: `queue-${name}`,
          },
          t(`review.queue.${name}`),
          counts[name] !== null && h('span', { class: 'tab-count' }, ` ${number(counts[name])}`),
        ),
      );
    if (!this.queues.contains(document.activeElement)) replace(this.queues, links);
  }

  async begin() {
    await this.forward();
  }

  async forward() {
    this.row = null;
    try {
      const row = await this.queue.next();
      if (this.closed) return;
      if (row) this.show(row);
      else this.showEnd();
    } catch (problem) {
      replace(
        this.problem,
        problemPanel(problem, {
          retry: () => {
            replace(this.problem);
            this.forward();
          },
        }),
      );
    }
    this.drawPlace();
  }

  show(row) {
    this.row = row;
    this.picker = categoryPicker({
      id: 'review-any',
      label: t('review.any'),
      hideLabel: true,
      placeholder: t('review.anyOf', { n: this.names.length }),
      names: this.names,
      choose: (name) => {
        this.card.focus();
        this.decide('category', name);
      },
      leave: () => this.card.focus(),
    });
    const inside = this.card.contains(document.activeElement) || document.activeElement === document.body;
    replace(
      this.card,
      rowText(row),
      this.verdictButtons(row),
      h('div', { class: 'review-pick' }, h('kbd', { 'aria-hidden': 'true' }, '/'), this.picker.node),
      this.otherButtons(row),
    );
    this.card.tabIndex = -1;
    this.card.setAttribute('aria-label', t('review.rowLabel', { row: number(row.row) }));
    this.card.setAttribute('role', 'group');
    if (inside) this.card.focus({ preventScroll: true });
  }

  /** With few categories each has its own key, always the same; with many, those that this row may be in. */
  keyedFor(row) {
    return this.names.length <= KEYED ? this.names : this.guess(row.text || '', row.category, KEYED);
  }

  verdictButtons(row) {
    this.keyed = this.keyedFor(row);
    const buttons = this.keyed.map((name, at) =>
      button(breakable(name), {
        key: String(at + 1),
        class: name === row.category ? 'review-category is-guess' : 'review-category',
        dir: 'auto',
        'aria-keyshortcuts': String(at + 1),
        onclick: () => this.decide('category', name),
      }),
    );
    return h('div', { class: 'review-categories', role: 'group', 'aria-label': t('review.categories') }, buttons);
  }

  otherButtons(row) {
    const other = (id, words, key, act, props = {}) =>
      button(words, { id, key, 'aria-keyshortcuts': key, onclick: act, ...props });
    return h(
      'div',
      { class: 'review-others actions' },
      other(
        'review-keep',
        row.category ? t('review.keepIt', { name: row.category }) : t('review.keep'),
        'Enter',
        () => this.keep(),
        { kind: 'primary', disabled: !row.category && row.status !== 'unmatched' },
      ),
      other('review-none', t('review.none'), 'N', () => this.decide('none')),
      other('review-skip', t('review.skip'), 'S', () => this.skip()),
      other('review-undo', t('review.undo'), 'U', () => this.undo()),
      other('review-example', t('review.example'), 'E', () => this.example(), { kind: 'quiet', disabled: !row.category }),
    );
  }

  keep() {
    if (this.row.category) this.decide('confirmed');
    else if (this.row.status === 'unmatched') this.decide('none');
  }

  /** The next row is there at once; the verdict is saved meanwhile, in order. */
  decide(verdict, category) {
    const { row } = this;
    this.done += 1;
    const body = category ? { verdict, category } : { verdict };
    this.save(() => put(`${this.frame.api}/rows/${row.row}/review`, body), row);
    this.forward();
  }

  skip() {
    this.queue.skipped += 1;
    this.forward();
  }

  save(act, row) {
    this.saving += 1;
    this.drawPlace();
    this.chain = this.chain.then(act).then(
      () => this.wasSaved(),
      (problem) => this.notSaved(problem, row),
    );
  }

  wasSaved() {
    this.saving -= 1;
    this.drawPlace();
    if (this.saving === 0) this.refresh();
  }

  notSaved(problem, row) {
    this.saving -= 1;
    this.done -= 1;
    if (this.closed) return;
    const words = t('review.notSaved', { row: number(row.row) });
    replace(this.problem, h('div', null, problemPanel(problem), h('p', null, words)));
    if (this.row) this.queue.giveBack(this.row);
    this.show(row);
    this.drawPlace();
  }

  refresh() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.frame.refresh().then(() => this.drawPlace(), this.frame.fail), 400);
  }

  undo() {
    this.chain = this.chain
      .then(() => post(`${this.frame.api}/undo`))
      .then(({ undone }) => {
        if (this.closed) return;
        if (this.row && this.row.row !== undone.row) this.queue.giveBack(this.row);
        this.done = Math.max(0, this.done - 1);
        this.show(undone);
        this.frame.app.announce(t('review.undone', { row: number(undone.row) }));
        this.drawPlace();
        this.refresh();
      })
      .catch((problem) => {
        if (problem.status === 409) this.frame.app.toast(t('review.nothingToUndo'));
        else replace(this.problem, problemPanel(problem));
      });
  }

  async example() {
    if (!this.row?.category) return;
    try {
      await addExample(this.frame, this.row);
    } catch (problem) {
      replace(this.problem, problemPanel(problem));
    }
  }

  drawPlace() {
    const total = Math.max(this.queue.total, this.done);
    replace(this.where, total ? t('review.where', { done: this.done, n: total }) : '');
    this.progress.update(total ? (100 * this.done) / total : 0);
    this.progress.hidden = total === 0;
    replace(this.saved, this.saving > 0 ? t('review.saving') : this.done > 0 ? [mark('✓'), t('review.saved')] : '');
    this.drawWrite();
  }

  drawWrite() {
    const n = this.frame.job.output?.unpublished || 0;
    const can = n > 0 && this.frame.job.allowedActions.includes('publish');
    const key = `${n} ${can}`;
    if (this.write.dataset.key === key) return;
    this.write.dataset.key = key;
    replace(
      this.write,
      can && [
        h('p', null, t('review.unwritten', { n })),
        button(t('review.write'), {
          id: 'review-publish',
          kind: 'primary',
          onclick: () => publish(this.frame).catch(this.frame.fail),
        }),
      ],
    );
  }

  showEnd() {
    const actions = [
      linkButton(t('review.toRows'), `${this.frame.base}/rows?reviewed=true`),
      this.done > 0 && button(t('review.undo'), { id: 'review-undo', onclick: () => this.undo() }),
    ].filter(Boolean);
    replace(
      this.card,
      emptyState(
        t(this.done > 0 ? 'review.end' : 'review.empty'),
        t(this.done > 0 ? 'review.endText' : 'review.emptyText', { n: this.done }),
        actions,
      ),
    );
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    document.body.classList.remove('keys-off');
  }
}
