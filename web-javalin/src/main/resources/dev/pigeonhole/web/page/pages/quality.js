// How right the answers of a job are, measured by a column of its file that holds the right ones.
import '../words-quality.js';
import { get } from '../api.js';
import { h, replace } from '../dom.js';
import { qualityView } from '../quality.js';
import { queryOf } from '../table.js';
import { button, field, loading, problemPanel, select } from '../ui.js';
import { t } from '../words.js';
import { openJob, working } from './job/frame.js';

const LOOK_AGAIN_MILLIS = 400;

/** @type {import('../router.js').Show} */
export async function show(main, place, app) {
  const frame = await openJob(main, place, app, 'quality');
  if (!frame) return undefined;
  const page = new QualityPage(frame, place.query.get('truth') || '');
  await page.open();
  return () => {
    page.close();
    frame.close();
  };
}

/** `chosen` is the column, and in the address if the job was not begun with it. */
class QualityPage {
  constructor(frame, asked) {
    this.frame = frame;
    this.asked = asked;
    this.chosen = '';
    this.own = '';
    this.turn = 0;
    this.timer = 0;
    this.measured = '';
    this.notice = h('div', { id: 'quality-notice', class: 'stack' });
    this.body = h('div', { id: 'quality', 'aria-busy': 'true' }, loading(t('quality.computing')));
  }

  async open() {
    this.bar = h('div', { class: 'quality-bar' });
    this.frame.body.append(this.bar, this.notice, this.body);
    try {
      const { columns } = await get(`${this.frame.api}/setup`);
      this.own = columns.truth || '';
      this.chosen = this.asked || this.own;
      replace(this.bar, this.picker(columns.all));
    } catch (problem) {
      this.fail(problem);
      return;
    }
    this.frame.onEvent(({ job }) => this.heard(job));
    await this.measure();
  }

  picker(columns) {
    const known = columns.includes(this.chosen) || !this.chosen ? columns : [this.chosen, ...columns];
    const node = select(
      [['', t('quality.columnNone')], ...known.map((column) => [column, column])],
      this.chosen,
      {
        id: 'quality-column',
        onchange: () => {
          this.chosen = node.value;
          this.frame.app.router.setQuery({ truth: this.chosen === this.own ? '' : this.chosen }, { push: false });
          this.measure();
        },
      },
    );
    return field(t('quality.column'), node, { hint: t('quality.columnHint') });
  }

  /** Asks until the comparison is done; a newer wish ends the asking for an older one. */
  async measure() {
    clearTimeout(this.timer);
    const turn = (this.turn += 1);
    replace(this.notice);
    if (!this.chosen) {
      this.say(h('h2', null, t('quality.chooseTitle')), h('p', null, t('quality.chooseText')));
      return;
    }
    if (working(this.frame.job)) {
      this.say(h('p', null, t('quality.notNow')));
      return;
    }
    this.body.setAttribute('aria-busy', 'true');
    const measured = outcomes(this.frame.job);
    try {
      const evaluation = await get(`${this.frame.api}/quality`, { query: { truth: this.chosen } });
      if (turn === this.turn) this.draw(evaluation, measured);
    } catch (problem) {
      if (turn === this.turn) this.wait(problem);
    }
  }

  say(...content) {
    this.body.removeAttribute('aria-busy');
    replace(this.body, h('div', { class: 'empty' }, content));
  }

  draw(evaluation, measured) {
    this.measured = measured;
    this.body.removeAttribute('aria-busy');
    const rowsOf = (category) => `${this.frame.base}/rows${queryOf({ category })}`;
    replace(this.body, qualityView(evaluation, { rowsOf }));
  }

  wait(problem) {
    if (!problem.is?.('not-ready')) {
      this.fail(problem);
      return;
    }
    if (!this.body.querySelector('.loading')) replace(this.body, loading(t('quality.computing')));
    this.timer = setTimeout(() => this.measure(), LOOK_AGAIN_MILLIS);
  }

  fail(problem) {
    this.body.removeAttribute('aria-busy');
    replace(this.body, problemPanel(problem, { retry: () => this.frame.app.router.again() }));
  }

  /** What is being read stays as it is; that there is something newer is said. */
  heard(job) {
    if (!this.chosen || working(job)) return;
    if (!this.measured) {
      if (!this.timer && this.body.querySelector('.empty')) this.measure();
      return;
    }
    if (outcomes(job) === this.measured || this.notice.firstChild) return;
    const again = button(t('quality.again'), { kind: 'quiet', id: 'quality-again', onclick: () => this.measure() });
    replace(this.notice, h('p', { class: 'newer' }, t('quality.changed'), ' ', again));
  }

  close() {
    clearTimeout(this.timer);
    this.turn = -1;
  }
}

function outcomes(job) {
  return JSON.stringify([job.state, job.rows, job.reviewed, job.byCategory]);
}
