// One category: name, description, keywords, examples.

import { h, replace } from '../../dom.js';
import { button, field } from '../../ui.js';
import { t } from '../../words.js';

/** @param {{change: () => void, move: (step: number) => void, remove: () => void}} act */
export function categoryForm({ change, move, remove }) {
  /** @type {import('./categories.js').Category | null} */
  let category = null;
  const name = h('input', { type: 'text', id: 'category-name', autocomplete: 'off', dir: 'auto', maxLength: '200', oninput: () => set('name', name.value) });
  const description = h('textarea', { id: 'category-description', rows: '3', dir: 'auto', oninput: () => set('description', description.value) });
  const keywords = h('input', { type: 'text', id: 'category-keywords', autocomplete: 'off', dir: 'auto', oninput: () => set('keywords', words(keywords.value)) });
  const examples = h('div', { class: 'stack', id: 'category-examples' });
  const notes = h('div', { class: 'stack' });
  const up = button(t('categories.up'), { class: 'small', sign: '↑', id: 'category-up', onclick: () => { move(-1); (up.disabled ? down : up).focus(); } });
  const down = button(t('categories.down'), { class: 'small', sign: '↓', id: 'category-down', onclick: () => { move(1); (down.disabled ? up : down).focus(); } });
  const nameField = field(t('categories.name'), name);
  const node = h('div', { class: 'category-form', role: 'group', 'aria-label': t('categories.form') },
    h('div', { class: 'category-head' }, nameField, h('div', { class: 'row' }, up, down, button(t('categories.remove'), { class: 'small', sign: '✕', id: 'category-remove', onclick: remove }))),
    notes,
    field(t('categories.description'), description, { hint: t('categories.descriptionHint'), wide: true }),
    field(t('categories.keywords'), keywords, { hint: t('categories.keywordsHint'), wide: true }),
    h('fieldset', { class: 'examples' }, h('legend', null, t('categories.examples')), h('p', { class: 'hint' }, t('categories.examplesHint')), examples,
      button(t('categories.addExample'), { class: 'small', sign: '+', id: 'add-example', onclick: addExample })));

  function set(part, value) {
    if (category) {
      category[part] = value;
      change();
    }
  }

  function show(shown, at, of) {
    category = shown;
    node.hidden = !shown;
    if (!shown) {
      return;
    }
    name.value = shown.name;
    description.value = shown.description;
    keywords.value = shown.keywords.join(', ');
    up.disabled = at === 0;
    down.disabled = at === of - 1;
    showExamples();
  }

  function showExamples() {
    replace(examples, category.examples.map((text, at) => example(text, at)));
  }

  function example(text, at) {
    const input = h('textarea', { rows: '1', dir: 'auto', value: text, 'aria-label': t('categories.example', { n: at + 1 }), oninput: () => { category.examples[at] = input.value; change(); } });
    return h('div', { class: 'example' }, input, button(t('categories.removeExample', { n: at + 1 }), { kind: 'quiet', class: 'icon-only', sign: '✕', onclick: () => removeExample(at) }));
  }

  function addExample() {
    category.examples.push('');
    showExamples();
    examples.lastElementChild.querySelector('textarea').focus();
  }

  function removeExample(at) {
    category.examples.splice(at, 1);
    showExamples();
    change();
    const next = examples.children[Math.min(at, examples.children.length - 1)];
    (next ? next.querySelector('textarea') : node.querySelector('#add-example')).focus();
  }

  return { node, show, focusName: () => { name.focus(); }, notes: (nodes) => replace(notes, nodes) };
}

function words(text) {
  return text.split(/[,\n;]/).map((word) => word.trim()).filter(Boolean);
}
