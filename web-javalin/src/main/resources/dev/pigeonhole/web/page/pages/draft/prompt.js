// Exactly what a categorizer is given of a row.

import * as api from '../../api.js';
import { h, replace } from '../../dom.js';
import { dialog, loading, problemPanel } from '../../ui.js';
import { t } from '../../words.js';

export function showPrompt(id, row) {
  const body = h('div', { class: 'stack', id: 'prompt' }, loading());
  dialog({ title: t('prompt.title', { n: row }), body, wide: true }).open();
  api.get('/drafts/' + id + '/prompt', { query: { row } }).then((told) => replace(body, parts(told)), (problem) => replace(body, problemPanel(problem)));
}

function parts({ text, messages }) {
  return [
    h('h3', null, t('prompt.text')), pre(text),
    messages.length === 0 && h('p', { class: 'note' }, t('prompt.local')),
    messages.map((message) => [h('h3', null, role(message.role)), pre(message.content)]),
  ];
}

function role(name) {
  return name === 'system' ? t('prompt.system') : name === 'user' ? t('prompt.user') : name;
}

function pre(text) {
  return h('pre', { class: 'prompt', dir: 'auto', tabIndex: 0 }, text);
}
