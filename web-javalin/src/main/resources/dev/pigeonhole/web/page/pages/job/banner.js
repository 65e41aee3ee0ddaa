// One note at the top that says why the job is where it is and what to do about it.
import { h, replace } from '../../dom.js';
import { money, number, time } from '../../format.js';
import { button, linkButton, note } from '../../ui.js';
import { t } from '../../words.js';
import { attempt, left, resume } from './actions.js';

/** @param {import('./frame.js').JobFrame} frame */
export function statusBanner(frame) {
  const node = h('div', { id: 'banner' });
  let shown = '';
  return {
    node,
    update({ job, notice }) {
      const made = notesOf(frame, job);
      const key = JSON.stringify([made.map(([tone, text]) => [tone, text]), job.allowedActions]);
      if (key !== shown)
        replace(
          node,
          made.map(([tone, text, links = []]) => note(tone, text, links.some(Boolean) && h('p', { class: 'actions' }, links))),
        );
      shown = key;
      if (notice) frame.app.toast(notice);
    },
  };
}

/** Notes as [tone, text, links]. */
function notesOf(frame, job) {
  const notes = [stateNote(frame, job)].filter(Boolean);
  if (job.elsewhere) notes.unshift(['running', t('banner.elsewhere')]);
  if (job.output?.unpublished > 0) notes.push(['warn', t('banner.unpublished', { n: job.output.unpublished })]);
  return notes;
}

function stateNote(frame, job) {
  const done = job.rows.total - job.rows.waiting;
  switch (job.state) {
    case 'queued':
      return ['idle', t('banner.queued')];
    case 'pausing':
      return ['running', t('banner.pausing', { n: job.calls?.inFlight || 0 })];
    case 'paused':
      return [...pausedNote(job, done), [job.reason === 'BUDGET' && resumeButton(frame, job, t('job.raise'))]];
    case 'interrupted':
      return ['warn', interrupted(job, done), [resumeButton(frame, job, t('job.resume'))]];
    case 'failed':
      return [
        'error',
        t('banner.failed', { why: job.message || t('banner.noReason') }),
        [linkButton(t('banner.log'), `${frame.base}/log`)],
      ];
    case 'completed_with_failures':
      return [
        'warn',
        t('banner.someFailed', {
          done: number(done - job.rows.failed),
          total: number(job.rows.total),
          failed: number(job.rows.failed),
        }),
        [linkButton(t('banner.failures'), `${frame.base}/failures`)],
      ];
    case 'completed':
      return [
        'ok',
        finished(job),
        [linkButton(t('banner.rows'), `${frame.base}/rows`), linkButton(t('banner.review'), `${frame.base}/review`)],
      ];
    default:
      return null;
  }
}

function resumeButton(frame, job, words) {
  return (
    job.allowedActions.includes('resume') &&
    button(words, { id: 'banner-resume', onclick: () => attempt(frame, () => resume(frame)) })
  );
}

/** What the server says of jobs that it had to leave, and the text that goes with it. */
const STOPPED = {
  'the server was stopped': 'banner.stopped',
  'waited for its turn when the server was stopped': 'banner.waited',
};

function pausedNote(job, done) {
  const reasons = {
    USER: ['idle', t('banner.USER', { n: done })],
    CANCELLED: ['idle', t('banner.CANCELLED', { n: done })],
    BUDGET: [
      'warn',
      `${t('banner.BUDGET', { spent: money(job.cost?.spent), done: number(done), total: number(job.rows.total) })} ${left(job)}`,
    ],
    PROVIDER_UNAVAILABLE: ['warn', t('banner.PROVIDER_UNAVAILABLE')],
    KEY_MISSING: ['error', `${t('banner.KEY_MISSING')} ${job.message}`],
    KEY_REJECTED: ['error', t('banner.KEY_REJECTED')],
    QUOTA: ['error', t('banner.QUOTA')],
    DRIFT: ['warn', t('banner.DRIFT')],
  };
  const stopped = STOPPED[job.message];
  if (job.reason === 'USER' && stopped) return ['idle', t(stopped, { n: done })];
  const [tone, text] = reasons[job.reason] || ['idle', t('banner.USER', { n: done })];
  return [
    tone,
    job.message && !['USER', 'CANCELLED', 'KEY_MISSING'].includes(job.reason) ? `${text} ${t('banner.told', { message: job.message })}` : text,
  ];
}

function interrupted(job, done) {
  const safe = t('banner.interrupted', { when: time(job.updatedAt), n: done });
  const again = Number(job.cost?.atRisk) > 0 ? t('banner.again', { cost: money(job.cost.atRisk) }) : '';
  return `${safe} ${again}`.trim();
}

function finished(job) {
  const skipped = job.rows.skipped ? ` ${t('banner.skipped', { n: job.rows.skipped })}` : '';
  const unmatched = job.rows.unmatched ? ` ${t('banner.unmatched', { n: job.rows.unmatched })}` : '';
  return t('banner.completed', { n: job.rows.total }) + unmatched + skipped;
}
