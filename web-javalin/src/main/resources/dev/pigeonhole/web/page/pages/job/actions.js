// What can be done with a job. The server says which of it is possible now; nothing else is offered.
import { address, del, post } from '../../api.js';
import { byId, h, replace } from '../../dom.js';
import { bytes, money, number } from '../../format.js';
import { button, confirmDialog, dialog, downloadLink, field, menu, problemPanel } from '../../ui.js';
import { t } from '../../words.js';

/**
 * @param {import('./frame.js').JobFrame} frame
 * @param {HTMLElement} node where the buttons are
 * @param {() => void} clear takes the problem of an earlier try away
 */
export function actionBar(frame, node, clear) {
  let shown = '';
  return {
    update(job) {
      const key = JSON.stringify([
        job.state,
        job.reason,
        job.allowedActions,
        finished(job),
        job.output?.unpublished,
        job.output?.bytes,
      ]);
      if (key === shown) return;
      shown = key;
      const focus = node.contains(document.activeElement) ? document.activeElement.id : null;
      const open = node.querySelector('details[open]')?.id;
      replace(node, buttons(frame, job, clear));
      // A menu that somebody is reading stays open while the job goes on.
      if (open && byId(open)) byId(open).open = true;
      if (focus !== null) (byId(focus) || node.querySelector('button, summary, a'))?.focus();
    },
  };
}

function finished(job) {
  return job.rows.waiting === 0;
}

function buttons(frame, job, clear) {
  const can = (action) => job.allowedActions.includes(action);
  const run = (act) => () => {
    clear();
    attempt(frame, act);
  };
  return [
    can('resume') && button(t('job.resume'), { kind: 'primary', id: 'resume', sign: '▶', onclick: run(() => resume(frame)) }),
    can('pause') && button(t('job.pause'), { id: 'pause', sign: '‖', onclick: run(() => act(frame, 'pause')) }),
    can('retry') &&
      job.rows.failed > 0 &&
      button(t('job.retry'), { id: 'retry-failed', sign: '↻', onclick: run(() => retryFailed(frame)) }),
    can('publish') &&
      job.output?.unpublished > 0 &&
      button(t('job.publish', { n: job.output.unpublished }), {
        kind: 'primary',
        id: 'publish',
        onclick: run(() => publish(frame)),
      }),
    can('cancel') && button(t('job.cancel'), { id: 'cancel', onclick: run(() => cancel(frame)) }),
    can('download') && downloads(frame, job),
    moreMenu(frame, job, can, run),
  ];
}

/** Runs what the user asked for; what goes wrong is said at its place, and the job is asked what is possible now. */
export async function attempt(frame, act) {
  try {
    await act();
  } catch (problem) {
    frame.fail(problem);
    if (problem.status === 409) await frame.refresh().catch(frame.fail);
  }
}

async function act(frame, action, body) {
  frame.update(await post(`${frame.api}/${action}`, body));
}

export async function retryFailed(frame) {
  await act(frame, 'retry');
  frame.app.announce(t('job.retrying'));
}

export async function publish(frame) {
  await act(frame, 'publish');
  frame.app.toast(t('job.published'));
}

export async function resume(frame) {
  if (frame.job.reason === 'BUDGET') raiseCap(frame);
  else await act(frame, 'resume');
}

/** Asks for a new cap; the proposal is what the rest is likely to take, rounded up to half dollars. */
function raiseCap(frame) {
  const { spent, cap, high } = frame.job.cost;
  const input = h('input', {
    type: 'text',
    inputmode: 'decimal',
    id: 'new-cap',
    autocomplete: 'off',
    value: proposal(Number(spent), Number(cap), Number(high)),
  });
  const told = h('div');
  const box = field(t('job.newCap'), input, { hint: t('job.newCapHint', { spent: money(spent), cap: money(cap) }) });
  const go = async () => {
    const value = input.value.trim().replace(/^\$/, '').replace(',', '.');
    if (!(Number(value) > Number(cap))) return box.fail(t('job.newCapWrong', { cap: money(cap) }));
    try {
      await act(frame, 'resume', { maxCost: value });
      shown.close();
    } catch (problem) {
      replace(told, problemPanel(problem));
    }
    return undefined;
  };
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') go();
  });
  const shown = dialog({
    title: t('job.raiseTitle'),
    id: 'raise-cap',
    body: [h('p', null, left(frame.job)), box, told],
    actions: [
      button(t('common.cancel'), { onclick: () => shown.close() }),
      button(t('job.raise'), { kind: 'primary', id: 'raise-yes', onclick: go }),
    ],
  });
  shown.open();
}

function proposal(spent, cap, high) {
  const rest = high > spent ? high - spent : cap || 1;
  return (Math.ceil((Math.max(spent, cap || 0) + rest * 1.1) * 2) / 2).toFixed(2);
}

/** About how much more would finish the job. */
export function left(job) {
  const high = Number(job.cost.high);
  const rest = high - Number(job.cost.spent);
  return job.cost.high !== null && rest > 0 ? t('job.moreWouldFinish', { cost: money(String(rest)) }) : t('job.restUnknown');
}

async function cancel(frame) {
  const { rows, calls, cost } = frame.job;
  const done = t('job.cancelKept', { n: rows.total - rows.waiting });
  const open = calls?.inFlight > 0 ? t(cost?.free ? 'job.cancelOpenFree' : 'job.cancelOpen', { n: calls.inFlight }) : '';
  if (
    await confirmDialog({
      title: t('job.cancelTitle'),
      body: `${done} ${open}`.trim(),
      confirm: t('job.cancelYes'),
      cancel: t('job.cancelNo'),
      danger: true,
    })
  ) {
    await act(frame, 'cancel');
  }
}

function downloads(frame, job) {
  const of = (format) => address(`${frame.api}/download`, { format });
  const item = (format, title, text) =>
    downloadLink([h('strong', null, title), h('span', { class: 'hint' }, text)], of(format), {
      id: `download-${format}`,
      class: 'menu-item',
    });
  const size = job.output?.published && job.output.bytes ? ` · ${bytes(job.output.bytes)}` : '';
  const so = finished(job)
    ? ''
    : t('job.partialHint', { done: number(job.rows.total - job.rows.waiting), total: number(job.rows.total) });
  return menu(
    t(finished(job) ? 'job.download' : 'job.downloadPartial'),
    [
      so && h('p', { class: 'menu-note' }, so),
      item('csv', t('job.csv'), t('job.csvHint') + size),
      item('excel', t('job.excel'), t('job.excelHint')),
      job.rows.failed > 0 && item('errors', t('job.errorsCsv'), t('job.errorsHint', { n: job.rows.failed })),
    ],
    { id: 'download', kind: finished(job) && !job.output?.unpublished ? 'primary' : 'plain' },
  );
}

function moreMenu(frame, job, can, run) {
  const items = [
    can('again') && button(t('job.again'), { kind: 'quiet', id: 'again', class: 'menu-item', onclick: run(() => again(frame)) }),
    can('delete') &&
      button(t('job.delete'), { kind: 'quiet', id: 'delete', class: 'menu-item', onclick: run(() => remove(frame)) }),
  ].filter(Boolean);
  return items.length > 0 && menu(t('common.more'), items, { id: 'more' });
}

/** A draft with the same file and settings; changing it never changes this job. */
export async function again(frame) {
  const draft = await post(`${frame.api}/again`);
  await frame.app.router.go(`/new/${encodeURIComponent(draft.id)}`);
}

async function remove(frame) {
  const { title } = frame.job;
  if (
    await confirmDialog({
      title: t('job.deleteTitle'),
      body: t('job.deleteText'),
      confirm: t('job.deleteYes'),
      typed: title,
      danger: true,
    })
  ) {
    await del(frame.api, { name: title });
    frame.app.toast(t('job.deleted', { name: title }));
    await frame.app.router.go('/');
  }
}
