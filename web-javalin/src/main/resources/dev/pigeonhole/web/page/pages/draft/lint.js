// What could be better about the categories, in words.

import { h, replace } from '../../dom.js';
import { button, glyph, mark, tone } from '../../ui.js';
import { t } from '../../words.js';

const FIRST = 5;

/**
 * @param {any[]} notes as the server tells them
 * @param {(name: string) => void} goTo opens a category
 */
export function lintNotes(notes, goTo) {
  if (notes.length === 0) {
    return null;
  }
  const list = h('ul', { class: 'lint' }, notes.slice(0, FIRST).map((note) => item(note, goTo)));
  const rest = notes.slice(FIRST);
  const more = rest.length > 0 && button(t('lint.more', { n: rest.length }), { kind: 'linklike', onclick: () => { replace(list, notes.map((note) => item(note, goTo))); more.remove(); } });
  return [list, more];
}

function item(note, goTo) {
  return h('li', { class: 'tone-' + tone(note.level), data: { kind: note.kind } }, h('span', { class: 'tone-text' }, mark(glyph(note.level)), h('span', { class: 'visually-hidden' }, t('state.' + note.level))),
    h('span', { dir: 'auto' }, note.detail, '. ', h('span', { class: 'muted' }, sentence(note.hint))),
    note.examples.length > 0 && h('ul', { class: 'lint-texts', 'aria-label': t('lint.texts') }, note.examples.map(example)),
    note.other && button(note.other, { kind: 'linklike', onclick: () => goTo(note.other) }),
    note.category && button(note.category, { kind: 'linklike', class: 'lint-own', onclick: () => goTo(note.category) }));
}

function example({ text, category }) {
  return h('li', null, h('q', { dir: 'auto' }, text), category && h('span', { class: 'muted', dir: 'auto' }, ' ', category));
}

function sentence(text) {
  return text === '' ? '' : text.charAt(0).toUpperCase() + text.slice(1) + '.';
}
