// What this server has found, and how this browser shows it.

import * as api from '../api.js';
import { h, replace } from '../dom.js';
import { bytes, number } from '../format.js';
import { chooseTheme, theme, THEMES } from '../theme.js';
import { button, choice, loading, problemPanel, progressBar, statusBadge } from '../ui.js';
import { t } from '../words.js';

/** @type {import('../router.js').Show} */
export async function show(main, place, app) {
  main.className = 'page slim';
  app.title(t('options.title'));
  const rest = h('div', { class: 'stack-wide' }, loading());
  replace(main, h('div', { class: 'stack-wide' }, h('h1', null, t('options.title')), rest));
  try {
    const meta = await app.meta({ fresh: true });
    replace(rest, providers(meta), looks(), keys(app), space(meta), about(meta, app));
  } catch (problem) {
    replace(rest, problemPanel(problem, { retry: () => app.router.again() }));
  }
}

function part(title, ...children) {
  return h('section', { class: 'card stack' }, h('h2', null, title), children);
}

function providers(meta) {
  return part(t('options.providers'), h('ul', { class: 'provider-list' }, meta.providers.map((provider) => h('li', null,
    h('div', { class: 'row' }, h('strong', null, provider.title), h('code', null, provider.name), statusBadge(provider.ready ? 'done' : 'warning', provider.ready ? t('options.ready') : t('options.notReady'))),
    h('p', { class: 'muted' }, keyText(provider)),
    provider.hint && h('p', { class: 'note' }, provider.hint)))), h('p', { class: 'note' }, t('options.keysStay')));
}

function keyText(provider) {
  if (!provider.needsKey) {
    return t('provider.free');
  }
  return provider.key ? t('options.key', { source: provider.key.source, ends: provider.key.ends }) + (provider.host ? ' ' + t('options.host', { host: provider.host }) : '') : t('provider.noKey');
}

function looks() {
  const radios = THEMES.map((name) => choice('radio', t('options.theme.' + name), { name: 'theme', value: name, id: 'theme-' + name, checked: theme() === name, onchange: () => { chooseTheme(name); document.dispatchEvent(new Event('theme-chosen')); } }));
  return part(t('options.looks'), h('div', { class: 'row', role: 'radiogroup', 'aria-label': t('options.theme') }, radios), h('p', { class: 'note' }, t('options.language')));
}

function keys(app) {
  const single = choice('checkbox', t('options.singleKeys'), { id: 'single-keys', checked: app.keys.enabled(), onchange: (event) => app.keys.enable(event.target.checked) }, t('options.singleKeysHint'));
  return part(t('options.keys'), single, h('p', null, button(t('options.showKeys'), { onclick: app.keys.help })));
}

function space({ limits }) {
  const bar = progressBar(t('options.space'), (100 * limits.usedBytes) / limits.quotaBytes);
  const facts = [
    [t('options.upload'), bytes(limits.uploadBytes)],
    [t('options.running'), number(limits.running)],
    [t('options.queue'), number(limits.queue)],
    [t('options.categories'), number(limits.categories)],
  ];
  return part(t('options.limits'), h('p', null, t('options.used', { used: bytes(limits.usedBytes), of: bytes(limits.quotaBytes) })), bar,
    h('dl', { class: 'pairs' }, facts.map(([name, value]) => [h('dt', null, name), h('dd', null, value)])), h('p', { class: 'note' }, t('options.limitsSet')));
}

function about(meta, app) {
  const out = button(t('options.signOut'), { id: 'sign-out', onclick: async () => {
    try {
      await api.del('/session');
      app.router.go('/sign-in');
    } catch (problem) {
      app.toast(problem.title || t('problem.noAnswer'));
    }
  } });
  return part(t('options.about'), h('dl', { class: 'pairs' }, h('dt', null, t('options.version')), h('dd', null, meta.version), h('dt', null, t('options.workspace')), h('dd', { class: 'mono break' }, meta.workspace)), h('p', { class: 'note' }, t('options.shared')), h('p', null, out));
}
