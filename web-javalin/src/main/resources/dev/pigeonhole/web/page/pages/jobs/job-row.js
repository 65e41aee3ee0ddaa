// One job in the list: its state, how far it is, what it costs, and the next thing to do.

import * as api from '../../api.js';
import { h } from '../../dom.js';
import { money, percent, roughly, time } from '../../format.js';
import { button, downloadLink, linkButton, menu, progressBar, statusBadge, time as timeNode } from '../../ui.js';
import { t } from '../../words.js';
import { deleteJob } from './delete.js';

/** @param {() => void} reload shows the list anew */
export function jobRow(job, app, reload) {
  const path = '/jobs/' + job.id;
  return h('li', { class: 'job', data: { job: job.id } },
    h('div', { class: 'job-state' }, statusBadge(job.state, badgeWord(job))),
    h('div', { class: 'job-name' }, h('a', { href: path, class: 'job-link', dir: 'auto', data: { act: 'open' } }, job.title), h('div', { class: 'hint', dir: 'auto' }, under(job))),
    h('div', { class: 'job-progress' }, progress(job)),
    h('div', { class: 'job-cost number' }, job.cost.free ? '' : money(job.cost.spent)),
    h('div', { class: 'job-when hint number' }, timeNode(job.startedAt || job.createdAt)),
    h('div', { class: 'job-actions' }, next(job, path, app, reload), more(job, path, app, reload)));
}

function badgeWord(job) {
  return job.state === 'completed_with_failures' ? t('jobs.failed', { n: job.rows.failed }) : job.reason === 'CANCELLED' ? t('jobs.stopped') : undefined;
}

function under(job) {
  const parts = [job.file !== job.title && job.file, job.provider === 'local' ? t('jobs.offline') : job.model || job.provider];
  if (job.elsewhere) {
    parts.push(t('jobs.elsewhere'));
  }
  return parts.filter(Boolean).join(' · ');
}

function progress(job) {
  const { rows } = job;
  const done = rows.total - rows.waiting;
  if (['completed', 'completed_with_failures'].includes(job.state)) {
    return [h('div', null, t('jobs.rows', { n: rows.total })), h('div', { class: 'hint' }, ending(job))];
  }
  const bar = progressBar(t('jobs.progressOf', { name: job.title }), rows.total > 0 ? (100 * done) / rows.total : 0, job.state === 'running' ? 'running' : 'idle');
  return [h('div', { class: 'row tight' }, h('span', null, t('jobs.doneOf', { done, n: rows.total })), h('span', { class: 'muted push' }, rows.total > 0 ? percent(done, rows.total) : '')), bar, h('div', { class: 'hint' }, waitingFor(job))];
}

function ending(job) {
  const { rows } = job;
  const parts = [rows.unmatched > 0 && t('jobs.unmatched', { n: rows.unmatched }), rows.skipped > 0 && t('jobs.skipped', { n: rows.skipped }), job.reviewed > 0 && t('jobs.reviewed', { n: job.reviewed })];
  return parts.filter(Boolean).join(' · ');
}

function waitingFor(job) {
  if (job.state === 'paused' && job.reason) {
    return job.reason === 'USER' && job.message.endsWith('the server was stopped') ? t('jobs.stoppedServer') : t('jobs.reason.' + job.reason);
  }
  if (job.wait && job.state === 'running') {
    return t('jobs.wait', { text: job.wait.text, time: time(job.wait.until) });
  }
  return job.state === 'running' && job.eta.kind === 'time' ? t('jobs.left', { time: roughly(job.eta.seconds) }) : '';
}

function next(job, path, app, reload) {
  const may = (action) => job.allowedActions.includes(action);
  if (job.state === 'completed_with_failures') {
    return linkButton(t('jobs.fix'), path + '/failures', { class: 'small', data: { act: 'next' } });
  }
  if (job.state === 'paused' && job.reason === 'BUDGET') {
    return linkButton(t('jobs.raise'), path, { class: 'small', data: { act: 'next' } });
  }
  if (may('resume')) {
    return button(t('jobs.resume'), { class: 'small', data: { act: 'next' }, onclick: () => act(api.post('/jobs/' + job.id + '/resume'), app, reload) });
  }
  return job.state === 'completed' && may('download') ? downloadLink(t('jobs.download'), api.address(path + '/download', { format: 'csv' }), { class: 'button plain small', data: { act: 'next' } }) : null;
}

function more(job, path, app, reload) {
  const may = (action) => job.allowedActions.includes(action);
  const items = [
    h('a', { href: path + '/rows' }, t('jobs.openRows')),
    h('a', { href: path + '/setup' }, t('jobs.openSetup')),
    may('download') && downloadLink(job.state.startsWith('completed') ? t('jobs.downloadExcel') : t('jobs.downloadPartial'), api.address(path + '/download', { format: job.state.startsWith('completed') ? 'excel' : 'csv' })),
    may('pause') && h('button', { type: 'button', onclick: () => act(api.post('/jobs/' + job.id + '/pause'), app, reload) }, t('jobs.pause')),
    may('again') && h('button', { type: 'button', onclick: () => again(job, app) }, t('jobs.again')),
    may('delete') && h('button', { type: 'button', class: 'tone-error tone-text', onclick: () => deleteJob(job, app, reload) }, t('jobs.delete')),
  ].filter(Boolean);
  const node = menu(t('common.more'), items, { kind: 'quiet small' });
  node.querySelector('summary').dataset.act = 'more';
  node.querySelector('summary').setAttribute('aria-label', t('jobs.moreOf', { name: job.title }));
  return node;
}

async function act(asked, app, reload) {
  try {
    await asked;
  } catch (problem) {
    app.toast([problem.title || t('problem.noAnswer'), problem.detail].filter(Boolean).join(': '), { seconds: 12 });
  }
  reload();
}

async function again(job, app) {
  try {
    const draft = await api.post('/jobs/' + job.id + '/again');
    app.router.go('/new/' + draft.id + '#run');
  } catch (problem) {
    app.toast([problem.title || t('problem.noAnswer'), problem.detail].filter(Boolean).join(': '), { seconds: 12 });
  }
}
