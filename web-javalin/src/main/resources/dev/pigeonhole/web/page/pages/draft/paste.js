// Ways to get many categories at once: a pasted list, a file.

import { h } from '../../dom.js';
import { button, choice, dialog, emptyState, field } from '../../ui.js';
import { t } from '../../words.js';

const MOST_BYTES = 4_000_000;

/** The place for a list while there is none. */
export function pastePanel(paste, add) {
  const text = area();
  return h('div', { class: 'stack' }, emptyHead(), field(t('paste.label'), text, { hint: t('paste.hint'), wide: true }),
    h('div', { class: 'actions' },
      button(t('paste.use'), { kind: 'primary', id: 'use-pasted', onclick: () => { if (text.value.trim()) { paste(text.value, { keep: false }); } else { text.focus(); } } }),
      button(t('paste.oneByOne'), { id: 'add-first-category', onclick: add })));
}

function emptyHead() {
  return h('p', { class: 'muted' }, t('categories.lead'));
}

function area() {
  return h('textarea', { id: 'category-text', rows: '7', dir: 'auto', spellcheck: 'false', placeholder: t('paste.placeholder') });
}

/** Asks for a list in a dialog. */
export function askForList(some, paste) {
  const text = h('textarea', { id: 'paste-text', rows: '10', dir: 'auto', spellcheck: 'false', placeholder: t('paste.placeholder') });
  const keep = choice('radio', t('paste.keep'), { name: 'paste-how', checked: true, id: 'paste-add' });
  const instead = choice('radio', t('paste.replace'), { name: 'paste-how', id: 'paste-replace' });
  const shown = dialog({
    title: t('paste.title'),
    body: [field(t('paste.label'), text, { hint: t('paste.hint'), wide: true }), some && h('div', { class: 'row', role: 'radiogroup', 'aria-label': t('paste.how') }, keep, instead)],
    actions: [button(t('common.cancel'), { onclick: () => shown.close() }), button(t('paste.use'), { kind: 'primary', id: 'paste-use', onclick: () => { shown.close(); if (text.value.trim()) { paste(text.value, { keep: some && keep.input.checked }); } } })],
  });
  shown.open();
  text.focus();
}

/** A button that reads a file of categories. */
export function importFile(receive) {
  const input = h('input', { type: 'file', id: 'categories-input', class: 'visually-hidden', accept: '.yaml,.yml,.json,.csv,.txt' });
  input.addEventListener('change', async () => {
    const file = input.files[0];
    if (file && file.size <= MOST_BYTES) {
      receive(file.name, await file.text());
    } else if (file) {
      dialog({ title: t('paste.tooLarge'), body: emptyState(file.name, t('paste.tooLargeText')) }).open();
    }
    input.value = '';
  });
  return h('label', { class: 'button plain small file-button', for: 'categories-input' }, input, h('span', null, t('categories.import')));
}
