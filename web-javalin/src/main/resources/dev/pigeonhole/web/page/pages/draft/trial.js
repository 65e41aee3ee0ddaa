// A few real rows, answered for real, before the whole file is.

import * as api from '../../api.js';
import { h, replace } from '../../dom.js';
import { confidence, money, number } from '../../format.js';
import { button, note, problemPanel, progressBar, statusBadge, table } from '../../ui.js';
import { t } from '../../words.js';
import { showPrompt } from './prompt.js';

const ROWS = 25;
const POLL_MILLIS = 600;

/** Remembers that there is a trial, so that nothing is asked for in vain. */
const TRIED = 'pigeonhole.tried.';

/** @param {() => void} told called when the trial has changed */
export function trialPanel({ store, app, meta }, told) {
  const start = button(t('trial.try', { n: ROWS }), { id: 'trial', onclick: begin });
  const prompt = button(t('trial.prompt'), { id: 'show-prompt', onclick: () => showPrompt(store.draft.id, 1) });
  const status = h('div', { class: 'stack', id: 'trial-status' });
  const answers = h('div', { id: 'trial-answers' });
  const node = h('div', { class: 'trial stack' }, h('h3', null, t('trial.title')), h('p', { class: 'muted' }, t('trial.lead')), h('div', { class: 'actions' }, start, prompt), status, answers);
  let trial = null;
  let timer = 0;
  let looked = false;
  let gone = false;
  let etag = '';

  function update() {
    const { draft } = store;
    const ready = Boolean(draft) && Object.values(draft.ready).every(Boolean);
    start.disabled = !ready || (trial !== null && trial.state === 'running');
    prompt.disabled = !draft || !draft.ready.file || !draft.ready.columns || !draft.ready.categories;
    if (draft && !looked && sessionStorage.getItem(TRIED + draft.id)) {
      looked = true;
      look();
    } else if (draft && trial && trial.state !== 'running' && etag !== draft.etag && store.state === 'saved') {
      look(); // it may be stale by now
    }
  }

  async function begin() {
    start.disabled = true;
    replace(status);
    try {
      await store.flush();
      const answer = await api.post('/drafts/' + store.draft.id + '/trial', { rows: ROWS });
      remember(store.draft.id);
      take(answer);
    } catch (problem) {
      replace(status, problemPanel(problem));
      start.disabled = false;
    }
  }

  async function look() {
    const { draft } = store;
    etag = draft.etag;
    try {
      take(await api.get('/drafts/' + draft.id + '/trial'));
    } catch (problem) {
      if (problem.status !== 404) {
        replace(status, problemPanel(problem, { retry: look }));
      }
    }
  }

  function take(answer) {
    if (gone) {
      return;
    }
    const was = trial && trial.state;
    trial = answer;
    show();
    told();
    update();
    clearTimeout(timer);
    if (trial.state === 'running') {
      timer = setTimeout(look, POLL_MILLIS);
    } else if (was === 'running') {
      app.announce(t('trial.done', { n: trial.done }));
    }
  }

  function show() {
    replace(start.querySelector('span'), trial.state === 'running' ? t('trial.running') : t('trial.again', { n: ROWS }));
    replace(status, trial.state === 'running' ? running(trial) : [trial.problem && problemPanel({ status: 1, ...trial.problem }), trial.stale && note('warn', t('trial.stale')), trial.state === 'done' && measured(trial, asksModel(store, meta))]);
    replace(answers, trial.items.length > 0 && answerTable(trial, store.draft.id));
  }

  /** Another tab or an earlier day may have tried: what was measured tells so. */
  function found(estimate) {
    if (estimate && estimate.measured && !trial && !looked) {
      looked = true;
      look();
    }
  }

  function remember(id) {
    looked = true;
    sessionStorage.setItem(TRIED + id, '1');
  }

  return { node, update, found, latest: () => trial, leave: () => { gone = true; clearTimeout(timer); } };
}

function asksModel(store, meta) {
  const provider = meta.providers.find((each) => each.name === store.part('settings').provider);
  return Boolean(provider && provider.needsKey);
}

function running(trial) {
  const bar = progressBar(t('trial.title'));
  bar.update((100 * trial.done) / Math.max(1, trial.rows));
  return [bar, h('p', { class: 'hint' }, t('trial.progress', { done: trial.done, n: trial.rows }))];
}

function measured(trial, asksModel) {
  const of = (status) => trial.items.filter((item) => item.status === status).length;
  const parts = [t('trial.ok', { n: of('categorized') })];
  for (const status of ['unmatched', 'failed', 'skipped']) {
    if (of(status) > 0) {
      parts.push(t('trial.' + status, { n: of(status) }));
    }
  }
  if (asksModel && !trial.stale) {
    parts.push(t('trial.cost', { cost: money(trial.cost, { exact: true }) }));
    if (trial.fileCost !== null) {
      parts.push(t('trial.fileCost', { cost: money(trial.fileCost) }));
    }
  }
  return h('p', { class: 'trial-sum', id: 'trial-sum' }, parts.join(' · '));
}

function answerTable(trial, id) {
  return table(t('trial.title'), [
    { label: t('trial.row'), numeric: true, cell: (item) => number(item.row) },
    { label: t('trial.text'), class: 'text', cell: (item) => h('div', { class: 'clamp', dir: 'auto' }, item.text) },
    { label: t('trial.category'), class: 'strong', cell: (item) => item.status === 'categorized' ? h('span', { dir: 'auto' }, item.category) : [statusBadge(item.status), item.message && h('div', { class: 'hint', dir: 'auto' }, item.message)] },
    { label: t('trial.confidence'), numeric: true, cell: (item) => confidence(item.confidence) },
    { label: t('trial.asked'), cell: (item) => button(t('trial.see'), { kind: 'linklike', 'aria-label': t('trial.seeRow', { n: item.row }), onclick: () => showPrompt(id, item.row) }) },
  ], trial.items, { id: 'trial-table' });
}
