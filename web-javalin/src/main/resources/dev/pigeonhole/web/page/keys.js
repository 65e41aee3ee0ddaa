// Keyboard shortcuts. Those of one key act only where a page asks for them, and can be switched off (WCAG 2.1.4).

import { h } from './dom.js';
import { t } from './words.js';
import { dialog } from './ui.js';

const STORED = 'pigeonhole.keys';

/**
 * @typedef {{keys: string, words: string, run: (event: KeyboardEvent) => void, single?: boolean}} Shortcut
 *   `keys` as in `?`, `Enter` or `g j`; `single` for those that can be switched off
 */

/** @returns what pages register their shortcuts with */
export function createKeys() {
  /** @type {Shortcut[]} */
  let page = [];
  /** @type {Shortcut[]} */
  const everywhere = [];
  let before = '';

  function pressed(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) {
      return;
    }
    if (typing(event.target) || document.querySelector('dialog[open]:not(.lets-keys)')) {
      before = '';
      return;
    }
    const pair = before + ' ' + event.key;
    const all = [...page, ...everywhere].filter((each) => !each.single || enabled());
    const found = all.find((each) => each.keys === pair) || all.find((each) => each.keys === event.key);
    before = all.some((each) => each.keys.startsWith(event.key + ' ')) ? event.key : '';
    if (found && !takenByControl(event)) {
      event.preventDefault();
      before = '';
      found.run(event);
    }
  }

  function help() {
    const list = [...everywhere, ...page].map((each) => [
      h('dt', null, ...each.keys.split(' ').map((key) => h('kbd', null, key))),
      h('dd', null, each.words),
    ]);
    const switchedOff = enabled() ? null : h('p', { class: 'note' }, t('keys.off'));
    dialog({ title: t('keys.title'), body: [h('dl', { class: 'keys' }, list), switchedOff] }).open();
  }

  document.addEventListener('keydown', pressed);
  everywhere.push({ keys: '?', words: t('keys.help'), run: help, single: true });

  return {
    help,
    /** @param {Shortcut[]} shortcuts */
    everywhere: (shortcuts) => everywhere.push(...shortcuts),
    /** For the page that is shown; the next page begins without. */
    page: (shortcuts) => {
      page = [...page, ...shortcuts];
    },
    clear: () => {
      page = [];
    },
    enabled,
    enable: (on) => localStorage.setItem(STORED, on ? 'on' : 'off'),
  };
}

function enabled() {
  return localStorage.getItem(STORED) !== 'off';
}

function typing(target) {
  return target instanceof Element && (target.closest('textarea, select, [contenteditable]') !== null
    || (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit', 'range'].includes(target.type)));
}

// Enter and space belong to the button or link that has the focus.
function takenByControl(event) {
  return (event.key === 'Enter' || event.key === ' ')
    && event.target instanceof Element && event.target.closest('a, button, summary, input') !== null;
}
