// The failed rows by cause: what happened, what to do about it, and whether asking again can help.
import { get } from '../api.js';
import { h, replace } from '../dom.js';
import { number } from '../format.js';
import { queryOf } from '../table.js';
import { button, emptyState, linkButton, loading, mark, problemPanel } from '../ui.js';
import { t } from '../words.js';
import { attempt, retryFailed } from './job/actions.js';
import { openJob, working } from './job/frame.js';

/** @type {import('../router.js').Show} */
export async function show(main, place, app) {
  const frame = await openJob(main, place, app, 'failures');
  if (!frame) return undefined;
  const box = h('div', { id: 'failures' }, loading());
  frame.body.append(box);
  let shown = '';
  let left = false;
  const read = async () => {
    const key = JSON.stringify([frame.job.rows.failed, frame.job.allowedActions]);
    if (key === shown) return;
    shown = key;
    try {
      const found = await get(`${frame.api}/failures`);
      if (!left) draw(frame, box, found);
    } catch (problem) {
      shown = '';
      if (!left) replace(box, problemPanel(problem, { retry: read }));
    }
  };
  frame.onEvent(read);
  await read();
  return () => {
    left = true;
    frame.close();
  };
}

function draw(frame, box, { total, retryable, groups }) {
  if (total === 0) {
    replace(
      box,
      emptyState(t('failures.none'), t(working(frame.job) ? 'failures.noneYet' : 'failures.noneText'), [
        linkButton(t('banner.rows'), `${frame.base}/rows`),
      ]),
    );
    return;
  }
  const can = frame.job.allowedActions.includes('retry') && retryable > 0;
  const retry = () => attempt(frame, () => retryFailed(frame));
  replace(
    box,
    h(
      'div',
      { class: 'failures-head' },
      h('h2', null, t('failures.title', { n: total, groups: t('failures.groups', { n: groups.length }) })),
      can && button(t('failures.retry', { n: retryable }), { kind: 'primary', id: 'retry-these', sign: '↻', onclick: retry }),
    ),
    !can && retryable > 0 && h('p', { class: 'hint' }, t(working(frame.job) ? 'failures.retryLater' : 'failures.retryNot')),
    h(
      'ol',
      { class: 'failure-groups' },
      groups.map((group) => h('li', null, groupPanel(frame, group))),
    ),
  );
}

function groupPanel(frame, group) {
  const rows = `${frame.base}/rows${queryOf({ status: 'failed', cause: group.cause })}`;
  const one = `${frame.base}/rows${queryOf({ status: 'failed', cause: group.cause, row: group.first })}`;
  return h(
    'article',
    { class: 'failure card', data: { cause: group.cause } },
    h(
      'h3',
      null,
      mark('✕'),
      h('span', { class: 'failure-rows' }, t('failures.rows', { n: group.rows })),
      ' ',
      h('span', { dir: 'auto' }, group.title),
    ),
    h('p', { class: 'failure-fix' }, group.fix),
    group.message &&
      h(
        'p',
        { class: 'failure-message', dir: 'auto' },
        h('span', { class: 'hint' }, `${t('failures.message')} `),
        h('q', null, group.message),
      ),
    h('p', { class: group.canRetry ? 'hint' : 'hint tone-warn' }, t(group.canRetry ? 'failures.canRetry' : 'failures.willFail')),
    h(
      'div',
      { class: 'actions' },
      linkButton(t('failures.seeAll', { n: group.rows }), rows),
      group.first && linkButton(t('failures.seeOne', { row: number(group.first) }), one, { kind: 'quiet' }),
      h('a', { href: `${frame.base}/review?queue=failed`, class: 'button quiet' }, t('failures.byHand')),
    ),
  );
}
