// One unfinished draft in the list.

import * as api from '../../api.js';
import { h } from '../../dom.js';
import { button, confirmDialog, linkButton, statusBadge, time } from '../../ui.js';
import { t } from '../../words.js';

export function draftRow(draft, app, reload) {
  const name = draft.settings.name || (draft.file && draft.file.name) || t('jobs.unnamedDraft');
  const path = '/new/' + draft.id;
  return h('li', { class: 'job draft' },
    h('div', { class: 'job-state' }, statusBadge('draft')),
    h('div', { class: 'job-name' }, h('a', { href: path, class: 'job-link', dir: 'auto' }, name), h('div', { class: 'hint', dir: 'auto' }, draft.blockers.length > 0 ? draft.blockers.join(', ') : t('jobs.draftReady'))),
    h('div', { class: 'job-when hint number' }, time(draft.updatedAt)),
    h('div', { class: 'job-actions' }, linkButton(t('jobs.continue'), path, { class: 'small' }),
      button(t('jobs.discard'), { kind: 'quiet', class: 'small', 'aria-label': t('jobs.discardOf', { name }), onclick: () => discard(draft, name, app, reload) })));
}

async function discard(draft, name, app, reload) {
  if (draft.file && !(await confirmDialog({ title: t('jobs.discardOf', { name }), body: t('jobs.discardText'), confirm: t('jobs.discard'), danger: true }))) {
    return;
  }
  try {
    await api.del('/drafts/' + draft.id);
    app.toast(t('jobs.discarded'));
  } catch (problem) {
    app.toast(problem.title || t('problem.noAnswer'));
  }
  reload();
}
