// The fourth section: who answers, how it is run, what it would take, a trial, and the start.

import * as api from '../../api.js';
import { h, replace } from '../../dom.js';
import { money, number } from '../../format.js';
import { button, note, problemPanel } from '../../ui.js';
import { t } from '../../words.js';
import { estimatePanel } from './estimate.js';
import { section } from './section.js';
import { settingsForm } from './settings-form.js';
import { trialPanel } from './trial.js';

export function runSection(context) {
  const { store, app } = context;
  const { node, body } = section('run', 4);
  const form = settingsForm(context);
  const estimate = estimatePanel(store, () => { trial.found(estimate.latest()); showStart(); });
  const trial = trialPanel(context, showStart);
  const blockers = h('div', { id: 'blockers' });
  const problem = h('div');
  const start = button(t('run.start'), { kind: 'primary', id: 'start-job', class: 'big', onclick: begin });
  const promise = h('p', { class: 'note' });
  const key = freshKey();
  let starting = false;
  replace(body, form.node, estimate.node, trial.node, h('div', { class: 'start' }, blockers, problem, h('div', { class: 'row' }, start, promise)));

  function update(reason) {
    form.update(reason);
    estimate.update(reason);
    trial.update(reason);
    showStart();
  }

  function showStart() {
    const { draft } = store;
    const ready = Boolean(draft) && isReady(draft);
    replace(blockers, !ready && blocked(draft));
    start.disabled = !ready || starting || hasProblem();
    replace(start.querySelector('span'), startText(estimate.latest(), trial.latest(), asksModel()));
    replace(promise, ready && (asksModel() ? t('run.promiseModel') : t('run.promiseLocal')));
  }

  function asksModel() {
    const settings = store.part('settings');
    const provider = settings && context.meta.providers.find((each) => each.name === settings.provider);
    return Boolean(provider && provider.needsKey);
  }

  function hasProblem() {
    return ['columns', 'settings', 'categories'].some((part) => store.problem(part));
  }

  async function begin() {
    starting = true;
    showStart();
    replace(problem);
    try {
      await store.flush();
      if (store.failure || hasProblem()) {
        throw store.failure || store.problem('settings') || store.problem('categories') || store.problem('columns');
      }
      const job = await api.post('/drafts/' + store.draft.id + '/start', {}, { headers: { 'Idempotency-Key': key } });
      app.router.go('/jobs/' + job.id);
    } catch (failure) {
      starting = false;
      replace(problem, problemPanel(failure));
      showStart();
    }
  }

  return { node, update, leave: () => { estimate.leave(); trial.leave(); } };
}

function isReady(draft) {
  const { file, columns, categories, settings } = draft.ready;
  return file && columns && categories && settings;
}

function blocked(draft) {
  const missing = draft ? draft.blockers : [t('run.needsFile')];
  return missing.length > 0 && note('idle', t('run.before'), h('ul', null, missing.map((each) => h('li', { dir: 'auto' }, each))));
}

function startText(estimate, trial, asksModel) {
  if (!estimate) {
    return t('run.start');
  }
  const rows = number(estimate.toCategorize);
  const price = trial && trial.state === 'done' && !trial.stale ? trial.fileCost : estimate.costHigh;
  if (!asksModel || estimate.free) {
    return t('run.startFree', { rows });
  }
  return price === null ? t('run.startUnknown', { rows }) : t('run.startPrice', { rows, price: money(price) });
}

/** The same for every press of the button, so that one draft never becomes two jobs. */
function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((each) => each.toString(16).padStart(2, '0')).join('');
}
