// A new job: file, columns, categories, run, on one page; what is typed is saved by itself.

import * as api from '../api.js';
import { h, replace } from '../dom.js';
import { time } from '../format.js';
import { button, loading, mark, problemPanel, problemWords } from '../ui.js';
import '../words-draft.js';
import { t } from '../words.js';
import { createStore } from './draft/store.js';
import { fileSection } from './draft/file.js';
import { columnsSection } from './draft/columns.js';
import { categoriesSection } from './draft/categories.js';
import { runSection } from './draft/run.js';

const STEPS = ['file', 'columns', 'categories', 'run'];

/** @type {import('../router.js').Show} */
export async function show(main, { params, hash }, app) {
  main.className = 'page';
  app.title(t('draft.title'));
  if (params.draft) {
    replace(main, h('h1', null, t('draft.title')), loading());
  }
  let first;
  let meta;
  try {
    [first, meta] = await Promise.all([params.draft ? api.get('/drafts/' + encodeURIComponent(params.draft)) : null, app.meta()]);
  } catch (problem) {
    replace(main, h('div', { class: 'stack' }, h('h1', null, t('draft.title')), problemPanel(problem), h('p', null, h('a', { href: '/' }, t('draft.toJobs')))));
    return undefined;
  }
  if (first && first.job) {
    app.toast(t('draft.isJob'));
    app.router.go('/jobs/' + first.job, { replace: true });
    return undefined;
  }
  return showDraft(main, app, meta, first, hash);
}

function showDraft(main, app, meta, first, hash) {
  const store = createStore(first, {
    created: (draft) => app.router.rename('/new/' + draft.id + location.hash),
    stale: () => app.toast(t('draft.stale'), { seconds: 12 }),
  });
  const context = { store, app, meta };
  const sections = [fileSection(context), columnsSection(context), categoriesSection(context), runSection(context)];
  const steps = stepList(store);
  const saved = savedNote(store);
  replace(main,
    h('div', { class: 'title-row' }, h('h1', null, t('draft.title')), saved.node),
    steps.node,
    h('div', { class: 'steps' }, sections.map((section) => section.node)));
  const update = (reason) => {
    steps.update();
    saved.update();
    sections.forEach((section) => section.update(reason));
    titled(app, store.draft);
  };
  store.listen(update);
  update('shown');
  const leaving = (event) => { if (['unsaved', 'saving', 'failed'].includes(store.state)) { store.flush(); event.preventDefault(); } };
  window.addEventListener('beforeunload', leaving);
  scrollTo(hash);
  takeDropped(app, sections[0]);
  return async () => {
    window.removeEventListener('beforeunload', leaving);
    sections.forEach((section) => section.leave && section.leave());
    await store.flush().catch(() => {}); // the note has told it; leaving must not fail
    store.stop();
  };
}

function stepList(store) {
  const marks = STEPS.map(() => h('span', { class: 'step-state' }));
  const node = h('nav', { class: 'step-nav', 'aria-label': t('draft.steps') }, h('ol', null, STEPS.map((step, at) =>
    h('li', null, h('a', { href: '#' + step }, h('span', { class: 'step-number' }, at + 1), t('draft.step.' + step), marks[at])))));
  const update = () => STEPS.forEach((step, at) => replace(marks[at], isReady(store, step) ? [mark('✓'), h('span', { class: 'visually-hidden' }, t('draft.ready'))] : null));
  return { node, update };
}

/** Whether a step has all it needs. */
function isReady(store, step) {
  const ready = store.draft && store.draft.ready;
  return Boolean(ready && (step === 'run' ? ready.settings && ready.file && ready.columns && ready.categories : ready[step]));
}

function savedNote(store) {
  const node = h('div', { class: 'saved note' });
  let shown = '';
  const update = () => {
    const draft = store.draft;
    const key = store.state + (draft ? draft.updatedAt : '');
    if (key === shown) {
      return;
    }
    shown = key;
    replace(node, {
      new: () => null,
      unsaved: () => t('draft.saving'),
      saving: () => t('draft.saving'),
      saved: () => t('draft.saved', { time: time(draft.updatedAt) }),
      failed: () => [h('span', { class: 'tone-error tone-text' }, mark('✕'), t('draft.notSaved', { why: problemWords(store.failure).title })), button(t('common.retry'), { class: 'small', onclick: () => store.flush() })],
    }[store.state]());
  };
  return { node, update };
}

function titled(app, draft) {
  app.title(draft && draft.file ? t('draft.titleOf', { name: draft.file.name }) : t('draft.title'));
}

function scrollTo(hash) {
  const target = STEPS.includes(hash) && document.getElementById(hash);
  if (target && hash !== 'file') {
    keepInSight(target);
  }
}

// What stands above it still grows while it loads, until the reader goes elsewhere.
function keepInSight(target) {
  const watch = new ResizeObserver(() => target.scrollIntoView());
  watch.observe(target.parentElement);
  const stop = () => watch.disconnect();
  ['wheel', 'touchstart', 'pointerdown', 'keydown'].forEach((name) => addEventListener(name, stop, { once: true }));
  setTimeout(stop, 3_000);
}

// A file that was dropped on the list of jobs.
function takeDropped(app, file) {
  if (app.dropped) {
    const dropped = app.dropped;
    app.dropped = null;
    file.receive(dropped);
  }
}
