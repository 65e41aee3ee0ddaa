// The list of jobs, those of the command line too, and of drafts that did not become a job.

import * as api from '../api.js';
import { h, replace } from '../dom.js';
import { bytes } from '../format.js';
import { button, emptyState, loading, problemPanel } from '../ui.js';
import { t } from '../words.js';
import { draftRow } from './jobs/draft-row.js';
import { jobRow } from './jobs/job-row.js';
import { chooser, droppable } from './draft/file.js';
import '../words-draft.js';

const REFRESH_MILLIS = 3_000;
const FILTERS = {
  all: () => true,
  running: (job) => ['queued', 'running', 'pausing'].includes(job.state),
  attention: (job) => ['completed_with_failures', 'failed', 'interrupted'].includes(job.state) || (job.state === 'paused' && !['USER', 'CANCELLED'].includes(job.reason)),
  done: (job) => job.state === 'completed',
};

/** @type {import('../router.js').Show} */
export async function show(main, { query }, app) {
  main.className = 'page';
  app.title(t('jobs.title'));
  const view = { show: FILTERS[query.get('show')] ? query.get('show') : 'all', q: query.get('q') || '' };
  const tabs = h('div', { class: 'tabs', role: 'group', 'aria-label': t('jobs.filters') });
  const search = h('input', { type: 'search', id: 'search', 'aria-label': t('jobs.search'), placeholder: t('jobs.search'), value: view.q, oninput: () => { view.q = search.value; changed(); } });
  const tools = h('div', { class: 'list-tools', hidden: true }, tabs, search);
  const list = h('ul', { class: 'jobs', id: 'jobs' });
  const place = h('div', { class: 'stack' }, loading());
  const drafts = h('section', { class: 'drafts', hidden: true, 'aria-labelledby': 'drafts-title' });
  const space = h('p', { class: 'note', id: 'space' });
  replace(main, h('div', { class: 'title-row' }, h('h1', null, t('jobs.title'))), tools, place, drafts, space);
  const rows = new Map();
  let jobs = [];
  let timer = 0;
  let gone = false;
  droppable(main, (file) => newJob(app, file));

  async function load() {
    clearTimeout(timer);
    try {
      const [told, unfinished, meta] = await Promise.all([api.get('/jobs'), api.get('/drafts'), app.meta()]);
      if (!gone) {
        jobs = told.items;
        render(unfinished.items, meta);
      }
    } catch (problem) {
      if (!gone) {
        place.dataset.shows = 'problem';
        replace(place, problemPanel(problem, { retry: load }));
      }
    }
    if (!gone) {
      timer = setTimeout(document.hidden ? wait : load, REFRESH_MILLIS);
    }
  }

  function wait() {
    timer = setTimeout(document.hidden ? wait : load, REFRESH_MILLIS);
  }

  function render(unfinished, meta) {
    tools.hidden = jobs.length === 0;
    showTabs();
    if (jobs.length === 0) {
      replaceOnce(place, 'empty' + meta.samples.length, () => first(meta, app));
    } else {
      showRows();
    }
    showDrafts(unfinished);
    replace(space, t('jobs.space', { used: bytes(meta.limits.usedBytes), of: bytes(meta.limits.quotaBytes) }));
  }

  function showTabs() {
    const focused = document.activeElement && document.activeElement.id;
    replace(tabs, Object.keys(FILTERS).map((name) => h('button', { type: 'button', class: 'tab', id: 'show-' + name, 'aria-pressed': String(view.show === name), onclick: () => { view.show = name; changed(); } },
      t('jobs.show.' + name), h('span', { class: 'count' }, jobs.filter(FILTERS[name]).length))));
    if (focused && focused.startsWith('show-')) {
      document.getElementById(focused)?.focus();
    }
  }

  function showRows() {
    const shown = jobs.filter(FILTERS[view.show]).filter((job) => fits(job, view.q));
    if (shown.length === 0) {
      replace(place, h('p', { class: 'muted', id: 'no-match' }, t('jobs.noMatch'), ' ', button(t('jobs.clear'), { kind: 'linklike', onclick: () => { view.show = 'all'; view.q = ''; search.value = ''; changed(); } })));
      return;
    }
    if (list.parentNode !== place) {
      place.dataset.shows = '';
      replace(place, list);
    }
    keep(list, shown, rows, (job) => jobRow(job, app, load));
  }

  function showDrafts(items) {
    drafts.hidden = items.length === 0;
    const key = JSON.stringify(items.map((draft) => [draft.id, draft.updatedAt]));
    replaceOnce(drafts, key, () => [h('h2', { id: 'drafts-title' }, t('jobs.drafts')), h('ul', { class: 'jobs' }, items.map((draft) => draftRow(draft, app, load)))]);
  }

  function changed() {
    app.router.setQuery({ show: view.show === 'all' ? '' : view.show, q: view.q });
    showTabs();
    showRows();
  }

  app.keys.page([{ keys: '/', words: t('jobs.search'), run: () => search.focus(), single: true }]);
  await load();
  return () => {
    gone = true;
    clearTimeout(timer);
  };
}

/** Opens a new job with a file that was chosen or dropped here. */
function newJob(app, file) {
  app.dropped = file;
  app.router.go('/new');
}

function first(meta, app) {
  const sample = meta.samples[0];
  return h('div', { class: 'drop' }, emptyState(t('jobs.emptyTitle'), t('jobs.emptyText'), [
    chooser(t('file.choose'), 'primary', (file) => newJob(app, file)),
    sample && button(t('file.sample', { n: sample.rows }), { id: 'use-sample', onclick: () => useSample(sample, app) }),
  ]), sample && h('p', { class: 'hint' }, t('jobs.emptySample', { title: sample.title, n: sample.categories })));
}

async function useSample(sample, app) {
  try {
    const draft = await api.post('/drafts', { sample: sample.id });
    app.router.go('/new/' + draft.id);
  } catch (problem) {
    app.toast(problem.title || t('problem.unexpected'));
  }
}

function fits(job, q) {
  const text = (job.title + ' ' + job.file + ' ' + job.model + ' ' + job.id).toLowerCase();
  return q.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

// Rows that did not change stay as they are, with their focus and open menus.
function keep(list, jobs, rows, make) {
  const nodes = jobs.map((job) => {
    const json = JSON.stringify(job);
    const before = rows.get(job.id);
    if (before && (before.json === json || before.node.querySelector('details[open]'))) {
      return before.node;
    }
    const node = make(job);
    if (before && before.node.contains(document.activeElement)) {
      const focused = document.activeElement.dataset.act;
      queueMicrotask(() => node.querySelector('[data-act="' + focused + '"]')?.focus());
    }
    rows.set(job.id, { json, node });
    return node;
  });
  if (nodes.length !== list.children.length || nodes.some((node, at) => list.children[at] !== node)) {
    list.replaceChildren(...nodes);
  }
}

function replaceOnce(node, key, make) {
  if (node.dataset.shows !== key) {
    node.dataset.shows = key;
    replace(node, make());
  }
}
