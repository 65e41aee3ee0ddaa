// For those who come without a session: the link that the server printed opens one.

import * as api from '../api.js';
import { h, replace } from '../dom.js';
import { tellSignedIn, whenSignedIn } from '../session.js';
import { button, field, problemPanel } from '../ui.js';
import { t } from '../words.js';

/** @type {import('../router.js').Show} */
export function show(main, { query }, app) {
  main.className = 'page slim';
  app.title(t('signin.title'));
  const token = h('input', { type: 'password', id: 'token', autocomplete: 'off', spellcheck: 'false', required: true });
  const problem = h('div');
  const form = h('form', { class: 'stack', onsubmit: submit }, field(t('signin.token'), token, { hint: t('signin.hint'), wide: true }), problem, h('p', null, button(t('signin.do'), { kind: 'primary', type: 'submit', id: 'sign-in' })));
  replace(main, h('div', { class: 'stack' }, h('h1', null, t('signin.title')), h('p', null, t('signin.lead')), h('p', { class: 'muted' }, t('signin.how')), form));

  async function submit(event) {
    event.preventDefault();
    replace(problem);
    try {
      await api.post('/session', { token: tokenOf(token.value) });
    } catch (failure) {
      replace(problem, problemPanel(failure));
      token.select();
      return;
    }
    stop();
    tellSignedIn();
    goOn();
  }

  /** Another tab may have been quicker than this page. */
  async function goOnIfSignedIn() {
    const { authenticated } = await api.get('/session').catch(() => ({ authenticated: false }));
    if (authenticated && form.isConnected) {
      goOn();
    }
  }

  function goOn() {
    app.router.go(backTo(query.get('back')), { replace: true });
  }
  const stop = whenSignedIn(goOn);
  goOnIfSignedIn();
  return stop;
}

// People paste the whole link as readily as the token.
function tokenOf(text) {
  const found = /token=([^&\s]+)/.exec(text);
  return found ? decodeURIComponent(found[1]) : text.trim();
}

/** Only to pages of this server. */
function backTo(path) {
  return path && /^\/(?![/\\])/.test(path) && !path.startsWith('/sign-in') ? path : '/';
}
