// The names of the categories, one of them chosen: arrow keys move, a letter jumps.

import { h, replace } from '../../dom.js';
import { glyph, mark, tone } from '../../ui.js';
import { t } from '../../words.js';

/** @param {(index: number) => void} choose */
export function categoryList(choose) {
  const node = h('ul', { class: 'category-list', role: 'listbox', id: 'category-list', 'aria-label': t('categories.list'), onkeydown: pressed });
  let chosen = 0;

  function show(categories, now, marks) {
    chosen = now;
    while (node.children.length > categories.length) {
      node.lastElementChild.remove();
    }
    while (node.children.length < categories.length) {
      node.append(option(node.children.length));
    }
    categories.forEach((category, at) => fill(node.children[at], category, at === chosen));
    setMarks(marks);
  }

  function option(at) {
    return h('li', { role: 'option', onclick: () => choose(at) }, h('span', { class: 'category-name', dir: 'auto' }), h('span', { class: 'category-mark' }));
  }

  function fill(item, category, isChosen) {
    const text = category.name.trim() || t('categories.unnamed');
    if (item.firstChild.textContent !== text) {
      replace(item.firstChild, text);
    }
    item.setAttribute('aria-selected', String(isChosen));
    item.tabIndex = isChosen ? 0 : -1;
  }

  function setMarks(marks) {
    [...node.children].forEach((item, at) => {
      const state = marks[at];
      replace(item.lastChild, state && [h('span', { class: 'tone-text tone-' + tone(state) }, mark(glyph(state))), h('span', { class: 'visually-hidden' }, t('state.' + state))]);
    });
  }

  function pressed(event) {
    const to = target(event);
    if (to !== null && to >= 0 && to < node.children.length) {
      event.preventDefault();
      choose(to);
      focus();
    }
  }

  function target(event) {
    const last = node.children.length - 1;
    const steps = { ArrowDown: chosen + 1, ArrowUp: chosen - 1, Home: 0, End: last };
    if (event.key in steps) {
      return steps[event.key];
    }
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) {
      return null;
    }
    const names = [...node.children].map((item) => item.firstChild.textContent.toLowerCase());
    const after = names.findIndex((name, at) => at > chosen && name.startsWith(event.key.toLowerCase()));
    return after >= 0 ? after : names.findIndex((name) => name.startsWith(event.key.toLowerCase()));
  }

  function focus() {
    const item = node.children[chosen];
    if (item) {
      item.focus();
    }
  }

  return { node, show, focus, mark: setMarks };
}
