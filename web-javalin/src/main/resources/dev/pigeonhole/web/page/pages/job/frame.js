// What all pages of one job have around them: name, state, what can be done, the ways to its other pages, and live numbers.
import '../../words-jobs.js';
import { get } from '../../api.js';
import { h, replace } from '../../dom.js';
import { watchJob } from '../../stream.js';
import { plainClick } from '../../table.js';
import { emptyState, linkButton, problemPanel, statusBadge } from '../../ui.js';
import { t } from '../../words.js';
import { actionBar } from './actions.js';
import { liveNote } from './live.js';

const TAB_KEYS = { o: 'overview', r: 'rows', v: 'review', f: 'failures', q: 'quality', l: 'log', s: 'setup' };
const TABS = ['overview', 'rows', 'review', 'failures', 'quality', 'log', 'setup'];

/**
 * @typedef {{id: string, base: string, api: string, job: any, body: HTMLElement, live: HTMLElement, app: any,
 *     onEvent: (act: (event: import('../../stream.js').JobEvent) => void) => void, refresh: () => Promise<void>,
 *     fail: (problem: any) => void, update: (job: any) => void, close: () => void}} JobFrame
 */

/**
 * Shows the frame and watches the job. Null if there is no such job: then the page says so.
 *
 * @returns {Promise<JobFrame | null>}
 */
export async function openJob(main, place, app, tab) {
  const id = place.params.id;
  const api = `/jobs/${encodeURIComponent(id)}`;
  let job;
  try {
    job = await get(api);
  } catch (problem) {
    showMissing(main, app, problem);
    return null;
  }
  const frame = build(main, app, { id, api, job, tab });
  frame.update(job);
  return frame;
}

function build(main, app, { id, api, job, tab }) {
  const parts = {
    badge: h('span', { id: 'state' }),
    title: h('h1', { dir: 'auto' }),
    problem: h('div', { id: 'job-problem' }),
    actions: h('div', { class: 'job-bar actions', role: 'group', 'aria-label': t('job.actions') }),
    body: h('div', { class: 'job-body' }),
  };
  const base = `/jobs/${encodeURIComponent(id)}`;
  const live = liveNote(() => watch);
  const tabs = tabBar(base, tab);
  replace(
    main,
    h(
      'div',
      { class: 'page job-page' },
      h('div', { class: 'job-head' }, h('div', { class: 'job-title' }, parts.title, parts.badge), parts.actions),
      tabs.node,
      parts.problem,
      parts.body,
    ),
  );
  tabs.node.querySelector('[aria-current]').scrollIntoView({ block: 'nearest', inline: 'center' });
  const listeners = [];
  app.keys.page(
    Object.entries(TAB_KEYS).map(([keys, to]) => ({
      keys: `g ${keys}`,
      words: t(`job.tab.${to}`),
      single: true,
      run: () => app.router.go(to === 'overview' ? base : `${base}/${to}`),
    })),
  );
  const frame = {
    id,
    base,
    api,
    job,
    app,
    body: parts.body,
    live: live.node,
    onEvent: (act) => listeners.push(act),
    refresh: async () => frame.update(await get(api)),
    fail: (problem) => {
      replace(parts.problem, problemPanel(problem));
      parts.problem.scrollIntoView({ block: 'nearest' });
    },
    update(next) {
      if (isOlder(next, frame.job)) return;
      frame.job = next;
      drawHead(parts, tabs, next, bar);
      say(next);
      listeners.forEach((act) => act({ name: 'refresh', job: next }));
    },
    close() {
      watch.close();
      live.close();
    },
  };
  const bar = actionBar(frame, parts.actions, () => replace(parts.problem));
  const say = teller(app, job);
  const watch = watchJob(id, {
    live: live.update,
    event(event) {
      if (event.name !== 'snapshot' && isOlder(event.job, frame.job)) return;
      frame.job = event.job;
      drawHead(parts, tabs, event.job, bar);
      say(event.job);
      listeners.forEach((act) => act(event));
    },
  });
  return frame;
}

/** Answers and events come by two ways, and one may overtake the other: what is older never replaces what is newer. */
function isOlder(job, than) {
  return job.seq < than.seq;
}

function drawHead(parts, tabs, job, bar) {
  if (parts.title.textContent !== job.title) parts.title.textContent = job.title;
  if (parts.badge.dataset.state !== job.state) {
    parts.badge.dataset.state = job.state;
    replace(parts.badge, statusBadge(job.state));
  }
  document.title = [unfinished(job) ? `${job.percent}%` : t(`state.${job.state}`), job.title, tabs.title]
    .filter(Boolean)
    .join(' · ');
  tabs.update(job);
  bar.update(job);
}

/** Whether the job can still go on. */
export function unfinished(job) {
  return !['completed', 'completed_with_failures', 'failed'].includes(job.state);
}

/** Whether the job works now, or is about to. */
export function working(job) {
  return ['queued', 'running', 'pausing'].includes(job.state);
}

/** Those who listen instead of look hear each tenth of the way and each change of state, and no more. */
function teller(app, job) {
  let tenth = Math.floor(job.percent / 10);
  let state = job.state;
  return (next) => {
    if (next.state !== state) app.announce(t('job.announceState', { name: next.title, state: t(`state.${next.state}`) }));
    else if (Math.floor(next.percent / 10) > tenth) app.announce(t('job.announcePercent', { percent: next.percent }));
    tenth = Math.floor(next.percent / 10);
    state = next.state;
  };
}

function tabBar(base, current) {
  const counts = {};
  const node = h(
    'nav',
    { class: 'job-tabs', 'aria-label': t('job.pages') },
    h(
      'ul',
      null,
      TABS.map((tab) => {
        counts[tab] = h('span', { class: 'tab-count' });
        return h(
          'li',
          null,
          h(
            'a',
            {
              href: tab === 'overview' ? base : `${base}/${tab}`,
              id: `tab-${tab}`,
              'aria-current': tab === current ? 'page' : null,
            },
            t(`job.tab.${tab}`),
            counts[tab],
          ),
        );
      }),
    ),
  );
  return {
    node,
    title: current === 'overview' ? '' : t(`job.tab.${current}`),
    update(job) {
      counts.failures.textContent = job.rows.failed ? ` ${t('plain.number', { n: job.rows.failed })}` : '';
    },
  };
}

/** A link that stays in the page for a plain click. */
export function inPageLink(text, href, act, props = {}) {
  return h('a', { href, onclick: plainClick(act), ...props }, text);
}

function showMissing(main, app, problem) {
  app.title(t('job.missing'));
  const body =
    problem.status === 404
      ? emptyState(t('job.missing'), t('job.missingText'), [linkButton(t('job.toJobs'), '/', { kind: 'primary' })])
      : problemPanel(problem, { retry: () => app.router.again() });
  replace(
    main,
    h(
      'div',
      { class: 'page' },
      h('h1', { class: problem.status === 404 ? 'visually-hidden' : null }, t('job.missingTitle')),
      body,
    ),
  );
}
