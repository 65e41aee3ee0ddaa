// What the four sections of a draft have in common: a heading, a body, and what to say while it is too early for them.

import { h, replace } from '../../dom.js';
import { t } from '../../words.js';

/**
 * @param {string} step
 * @param {number} number
 * @param {...any} extra beside the heading
 */
export function section(step, number, ...extra) {
  const body = h('div', { class: 'step-body' });
  const heading = h('h2', { id: step + '-title' }, h('span', { class: 'step-number', 'aria-hidden': 'true' }, number), t('draft.step.' + step));
  const node = h('section', { id: step, class: 'step card', 'aria-labelledby': heading.id }, h('div', { class: 'step-head' }, heading, ...extra), body);
  return { node, body };
}

/** Shows a text in place of the body. */
export function tooEarly(body, text) {
  replace(body, h('p', { class: 'muted' }, text));
}

/** Whether two plain values say the same. */
export function same(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}
