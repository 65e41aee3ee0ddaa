// What is around every page: the name, the way to the main pages, theme and keys.

import { byId, h, replace } from './dom.js';
import { nextTheme, theme } from './theme.js';
import { button, mark } from './ui.js';
import { t } from './words.js';

const THEME_SIGNS = { system: '◐', light: '○', dark: '●' };

export function showShell(app) {
  replace(byId('header'), h('div', { class: 'header-in' },
    h('a', { href: '/', class: 'brand' }, logo(), h('span', null, t('app.name'))),
    h('nav', { class: 'nav', 'aria-label': t('nav.label') },
      h('a', { href: '/' }, t('nav.jobs')), h('a', { href: '/settings' }, t('nav.settings'))),
    h('div', { class: 'header-tools' },
      themeButton(app),
      button(t('nav.keys'), { kind: 'quiet', class: 'narrow', sign: '?', id: 'show-keys', onclick: app.keys.help }),
      h('a', { href: '/new', class: 'button primary', id: 'new-job' }, mark('+'), h('span', null, t('nav.new'))))));
  replace(byId('footer'), h('p', null, t('footer.promise')));
  document.addEventListener('page-shown', markCurrent);
}

function markCurrent() {
  for (const link of document.querySelectorAll('.nav a')) {
    if (link.pathname === location.pathname) {
      link.setAttribute('aria-current', 'page');
    } else {
      link.removeAttribute('aria-current');
    }
  }
}

function logo() {
  return h('span', { class: 'logo', 'aria-hidden': 'true' }, h('i', null), h('i', null), h('i', null), h('i', null));
}

function themeButton(app) {
  const node = button('', { kind: 'quiet', class: 'narrow', id: 'theme' });
  const show = (chosen) => replace(node, mark(THEME_SIGNS[chosen]), h('span', null, t('theme.' + chosen)));
  node.addEventListener('click', () => {
    const chosen = nextTheme();
    show(chosen);
    app.announce(t('theme.' + chosen));
  });
  document.addEventListener('theme-chosen', () => show(theme()));
  show(theme());
  return node;
}
