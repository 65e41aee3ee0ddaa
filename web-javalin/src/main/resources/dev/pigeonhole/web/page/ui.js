// The parts that pages are made of.

import { byId, freshId, h, replace } from './dom.js';
import { time as timeText, utc } from './format.js';
import { t } from './words.js';

const LOOKS = {
  running: ['running', '◐'], pausing: ['running', '◐'], queued: ['idle', '○'], paused: ['idle', '‖'],
  completed: ['ok', '✓'], completed_with_failures: ['warn', '▲'], failed: ['error', '✕'], interrupted: ['warn', '▲'],
  categorized: ['ok', '✓'], unmatched: ['warn', '◆'], skipped: ['idle', '⊘'], waiting: ['idle', '○'], draft: ['idle', '✎'],
  working: ['running', '◐'], done: ['ok', '✓'], review: ['warn', '◆'], error: ['error', '✕'], warning: ['warn', '▲'], hint: ['idle', 'ℹ'],
};

/** The glyph of a state, so that colour never says it alone. */
export function glyph(state) {
  return (LOOKS[state] || ['idle', '○'])[1];
}

/** The tone of a state: `ok`, `warn`, `error`, `running` or `idle`, as in the style sheet. */
export function tone(state) {
  return (LOOKS[state] || ['idle', '○'])[0];
}

/** A state with its glyph and word. */
export function statusBadge(state, word = t('state.' + state)) {
  return h('span', { class: 'badge tone-' + tone(state), data: { state } }, mark(glyph(state)), word);
}

/** A sign that is for the eye only. */
export function mark(sign) {
  return h('span', { class: 'glyph', 'aria-hidden': 'true' }, sign);
}

/** A bar of 0 to 100; `update(value, text)` moves it. */
export function progressBar(label, value = 0, tone = 'running') {
  const fill = h('div', { class: 'progress-fill tone-' + tone });
  const bar = h('div', { class: 'progress', role: 'progressbar', 'aria-label': label, 'aria-valuemin': '0', 'aria-valuemax': '100' }, fill);
  bar.update = (now, text) => {
    const bounded = Math.min(100, Math.max(0, now || 0));
    fill.style.setProperty('inline-size', bounded + '%');
    bar.setAttribute('aria-valuenow', String(Math.floor(bounded)));
    if (text) {
      bar.setAttribute('aria-valuetext', text);
    }
  };
  bar.update(value);
  return bar;
}

/** A button; `kind` is `primary`, `plain`, `quiet` or `danger`, `key` the shortcut that is printed on it. */
export function button(text, { kind = 'plain', key = null, sign = null, ...props } = {}) {
  return h('button', { type: 'button', ...props, class: classes('button', kind, props.class) },
    sign && mark(sign), h('span', null, text), key && h('kbd', { 'aria-hidden': 'true' }, key));
}

/** A link that looks like a button. */
export function linkButton(text, href, { kind = 'plain', sign = null, ...props } = {}) {
  return h('a', { href, ...props, class: classes('button', kind, props.class) }, sign && mark(sign), h('span', null, text));
}

/** A link to something that the browser saves. */
export function downloadLink(text, href, props = {}) {
  return h('a', { href, download: '', ...props }, text);
}

/** A button that opens a list of things to do; items are elements. It closes by Escape, by a choice and by a click elsewhere. */
export function menu(label, items, { kind = 'plain', ...props } = {}) {
  const list = h('div', { class: 'menu-list' }, items);
  const node = h('details', { class: 'menu', ...props }, h('summary', { class: classes('button', kind) }, h('span', null, label), mark('▾')), list);
  list.addEventListener('click', () => { node.open = false; });
  node.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && node.open) {
      node.open = false;
      node.querySelector('summary').focus();
    }
  });
  node.addEventListener('focusout', (event) => {
    if (event.relatedTarget && !node.contains(event.relatedTarget)) {
      node.open = false;
    }
  });
  return node;
}

/** Says something that has been done, in the corner, for a while; `action` is `{label, run}`. */
export function toast(text, { action = null, seconds = 6 } = {}) {
  const node = h('div', { class: 'toast' }, h('span', null, text));
  const close = () => node.remove();
  if (action) {
    node.append(button(action.label, { kind: 'quiet', onclick: () => { close(); action.run(); } }));
  }
  node.append(button(t('common.dismiss'), { kind: 'quiet', onclick: close }));
  byId('toasts').append(node);
  setTimeout(close, 1000 * (action ? 2 * seconds : seconds));
}

/** Says something to those who listen instead of look. */
export function announce(text) {
  replace(byId('announcer'), text);
}

/**
 * What went wrong and what to do, at its place. Takes an `ApiProblem`, or any error.
 * @param {any} problem
 * @param {{retry?: () => void}} [options]
 */
export function problemPanel(problem, { retry = null } = {}) {
  const { title, detail } = problemWords(problem);
  const errors = (problem.errors || []).filter((error) => error.detail !== detail);
  return h('div', { class: 'panel-note tone-error', role: 'alert' }, mark('✕'), h('div', null,
    h('strong', null, title), detail && h('p', { dir: 'auto' }, detail),
    errors.length > 0 && h('ul', null, errors.map((error) => h('li', { dir: 'auto' }, error.detail, error.suggestion ? ' ' + t('problem.suggestion', { name: error.suggestion }) : ''))),
    retry && h('p', null, button(t('common.retry'), { onclick: retry }))));
}

/** Title and detail of a problem, in words. */
export function problemWords(problem) {
  if (problem.status === 0) {
    return { title: t('problem.noAnswer'), detail: t('problem.noAnswerDetail') };
  }
  if (problem.status === undefined) {
    return { title: t('problem.unexpected'), detail: String(problem.message || problem) };
  }
  return { title: problem.title || t('problem.unexpected'), detail: problem.detail || t('problem.status', { n: problem.status }) };
}

/** A note in the page: `tone` is `ok`, `warn`, `error`, `running` or `idle`. */
export function note(tone, text, ...children) {
  const sign = { ok: '✓', warn: '▲', error: '✕', running: '◐', idle: 'ℹ' }[tone];
  return h('div', { class: 'panel-note tone-' + tone }, mark(sign), h('div', null, h('p', { dir: 'auto' }, text), children));
}

/** What a page shows when there is nothing yet. */
export function emptyState(title, text, actions = []) {
  return h('div', { class: 'empty' }, h('p', { class: 'empty-title' }, title), h('p', null, text), actions.length > 0 && h('p', { class: 'actions' }, actions));
}

/**
 * A control with its label, a hint and a place for its error. `node.fail(text)` shows an error or takes it away.
 * @param {string} label
 * @param {any} input an element that can have an id
 * @param {{hint?: any, wide?: boolean, error?: string}} [options]
 */
export function field(label, input, { hint = null, wide = false, error = '' } = {}) {
  input.id = input.id || freshId('field');
  const hintNode = hint && h('p', { class: 'hint', id: input.id + '-hint' }, hint);
  const errorNode = h('p', { class: 'error-text', id: input.id + '-error', hidden: true });
  input.setAttribute('aria-describedby', [hintNode && hintNode.id, errorNode.id].filter(Boolean).join(' '));
  const node = h('div', { class: wide ? 'field wide' : 'field' }, h('label', { for: input.id }, label), input, hintNode, errorNode);
  node.fail = (text) => {
    errorNode.hidden = !text;
    replace(errorNode, text ? [mark('✕'), text] : null);
    input.setAttribute('aria-invalid', text ? 'true' : 'false');
  };
  if (error) {
    node.fail(error);
  }
  return node;
}

/** A check box or radio button with its label. */
export function choice(type, label, props = {}, hint = null) {
  const input = h('input', { type, ...props, id: props.id || freshId('choice') });
  const node = h('label', { class: 'choice', for: input.id }, input, h('span', null, label, hint && h('span', { class: 'hint' }, ' ', hint)));
  node.input = input;
  return node;
}

/** A select; options are `[value, text]`. */
export function select(options, chosen, props = {}) {
  return h('select', props, options.map(([value, text]) => h('option', { value, selected: value === chosen }, text)));
}

/**
 * A dialog. It gives the focus back where it was, closes by Escape and is gone when closed.
 * @returns {{node: HTMLDialogElement, open: () => void, close: (value?: string) => void}}
 */
export function dialog({ title, body, actions = null, wide = false, onclose = null, id = null, className = '' }) {
  const heading = h('h2', { id: freshId('dialog-title') }, title);
  const close = (value = '') => node.close(value);
  const bar = actions || [button(t('common.close'), { onclick: () => close() })];
  const node = h('dialog', { id, class: classes('dialog', wide && 'wide', className), 'aria-labelledby': heading.id },
    h('div', { class: 'dialog-head' }, heading, button(t('common.close'), { kind: 'quiet', class: 'dialog-close', sign: '✕', onclick: () => close() })),
    h('div', { class: 'dialog-body', tabIndex: -1 }, body), bar.length > 0 && h('div', { class: 'dialog-foot' }, bar));
  const origin = document.activeElement;
  node.addEventListener('close', () => {
    node.remove();
    if (origin instanceof HTMLElement && origin.isConnected) {
      origin.focus();
    }
    if (onclose) {
      onclose(node.returnValue);
    }
  });
  return { node, close, open: () => { document.body.append(node); node.showModal(); } };
}

/**
 * Asks before something that cannot be taken back. With `typed`, that name must be typed first.
 * @param {{title: string, body: any, confirm: string, cancel?: string, danger?: boolean, typed?: string}} options
 * @returns {Promise<boolean>}
 */
export function confirmDialog({ title, body, confirm, cancel = t('common.cancel'), danger = false, typed = null }) {
  return new Promise((resolve) => {
    const input = typed !== null && h('input', { type: 'text', autocomplete: 'off', spellcheck: 'false', id: 'confirm-name', autofocus: true });
    const yes = button(confirm, { kind: danger ? 'danger' : 'primary', id: 'confirm-yes', disabled: Boolean(input), onclick: () => shown.close('yes') });
    const no = button(cancel, { id: 'confirm-no', autofocus: !input, onclick: () => shown.close() });
    if (input) {
      input.addEventListener('input', () => { yes.disabled = input.value !== typed; });
      input.addEventListener('keydown', (event) => { if (event.key === 'Enter' && !yes.disabled) { shown.close('yes'); } });
    }
    const shown = dialog({
      title, actions: [no, yes], onclose: (value) => resolve(value === 'yes'),
      body: [h('div', null, body), input && field(t('confirm.type', { name: typed }), input, { wide: true })],
    });
    shown.open();
  });
}

/**
 * A plain table. Columns are `{label, numeric?, cell(row)}`; on a phone each row becomes a card with the labels in it.
 * @param {string} caption what the table is, for those who listen
 */
export function table(caption, columns, rows, props = {}) {
  return h('div', { class: 'table-box', tabIndex: 0, role: 'region', 'aria-label': caption }, h('table', { class: 'table cards', ...props },
    h('caption', { class: 'visually-hidden' }, caption),
    h('thead', null, h('tr', null, columns.map((column) => h('th', { scope: 'col', class: column.numeric && 'number' }, column.label)))),
    h('tbody', null, rows.map((row) => h('tr', null, columns.map((column) => h('td', { class: classes(column.numeric && 'number', column.class), data: { label: column.label } }, column.cell(row))))))));
}

/** A time as people read it here, with UTC when asked. */
export function time(iso) {
  return h('time', { datetime: iso || '', title: utc(iso) }, timeText(iso));
}

/** The words `Loading…`, for what takes a moment. */
export function loading(text = t('common.loading')) {
  return h('p', { class: 'loading', role: 'status' }, text);
}

/** Runs `act` once the calls have been quiet for a while; `flush()` runs it now, `waiting()` says whether it is due. */
export function later(act, millis) {
  let timer = 0;
  const run = () => { timer = 0; return act(); };
  return {
    soon: () => { clearTimeout(timer); timer = setTimeout(run, millis); },
    flush: () => { if (timer) { clearTimeout(timer); return run(); } return undefined; },
    cancel: () => { clearTimeout(timer); timer = 0; },
    waiting: () => timer !== 0,
  };
}

function classes(...names) {
  return names.filter(Boolean).join(' ');
}
