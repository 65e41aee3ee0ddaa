// For an address that no page has.

import { h, replace } from '../dom.js';
import { linkButton } from '../ui.js';
import { t } from '../words.js';

/** @type {import('../router.js').Show} */
export function show(main, place, app) {
  main.className = 'page slim';
  app.title(t('missing.title'));
  replace(main, h('div', { class: 'stack' }, h('h1', null, t('missing.title')), h('p', null, t('missing.text')), h('p', null, linkButton(t('missing.jobs'), '/', { kind: 'primary' }))));
}
