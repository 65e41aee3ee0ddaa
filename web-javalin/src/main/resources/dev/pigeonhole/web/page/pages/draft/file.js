// The first section: which file, and how it is read.

import * as api from '../../api.js';
import { h, replace } from '../../dom.js';
import { bytes, number } from '../../format.js';
import { button, emptyState, note, problemPanel, progressBar, statusBadge } from '../../ui.js';
import { t } from '../../words.js';
import { preview } from './preview.js';
import { badLines } from './lines.js';
import { readingChips } from './reading.js';
import { same, section } from './section.js';

/** @param {{store: any, app: any, meta: any}} context */
export function fileSection(context) {
  const { store } = context;
  const { node, body } = section('file', 1);
  const place = h('div', { class: 'stack' });
  const problem = h('div');
  replace(body, problem, place);
  let shown = null;
  let sending = null;

  function update(reason) {
    const draft = store.draft;
    const now = draft && { file: draft.file, found: draft.found, problem: draft.problem, reading: draft.reading };
    if (sending || (shown !== null && same(now, shown)) || (reason === 'changed' && shown)) {
      return;
    }
    shown = now;
    const focused = reading.node.contains(document.activeElement) ? document.activeElement : null;
    replace(place, draft && draft.file ? described(context, reading.node, receive) : dropZone(context, receive));
    reading.update();
    if (focused) {
      focused.focus();
    }
  }

  /** Sends a file to the server; a second one replaces the first. */
  async function receive(file) {
    replace(problem);
    const looks = wrongKind(file);
    if (looks) {
      replace(problem, note('error', looks));
      return;
    }
    sending = new AbortController();
    const bar = sendingPanel(file, () => sending.abort());
    replace(place, bar);
    try {
      const id = await store.id();
      const answer = await api.upload('/drafts/' + id + '/file', { name: file.name.slice(0, 120) }, file, bar.update, sending.signal);
      sending = null;
      shown = null;
      store.take(answer, 'uploaded');
      context.app.announce(t('file.received', { name: file.name }));
    } catch (failure) {
      sending = null;
      shown = null;
      if (failure.name !== 'AbortError') {
        replace(problem, problemPanel(failure));
      }
      update('failed');
    }
  }

  const reading = readingChips(store);
  return { node, update, receive, leave: () => sending && sending.abort() };
}

function dropZone(context, receive) {
  const zone = h('div', { class: 'drop' }, emptyState(t('file.dropTitle'), t('file.dropText', { size: bytes(context.meta.limits.uploadBytes) }),
    [chooser(t('file.choose'), 'primary', receive), ...context.meta.samples.map((sample) => button(t('file.sampleNamed', { n: sample.rows, title: sample.title }), { id: 'sample-' + sample.id, onclick: () => useSample(context, sample) }))]));
  return droppable(zone, receive);
}

/** A button that opens the browser's own way to choose a file. */
export function chooser(text, kind, receive) {
  const input = h('input', { type: 'file', id: 'upload-input', class: 'visually-hidden', accept: '.csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values' });
  input.addEventListener('change', () => { if (input.files.length > 0) { receive(input.files[0]); } });
  return h('label', { class: 'button file-button ' + kind, for: 'upload-input' }, input, h('span', null, text));
}

/** Lets files be dropped on the node. */
export function droppable(node, receive) {
  const over = (on) => (event) => {
    if (event.dataTransfer && [...event.dataTransfer.types].includes('Files')) {
      event.preventDefault();
      node.classList.toggle('over', on);
    }
  };
  node.addEventListener('dragover', over(true));
  node.addEventListener('dragenter', over(true));
  node.addEventListener('dragleave', over(false));
  node.addEventListener('drop', (event) => {
    over(false)(event);
    if (event.dataTransfer && event.dataTransfer.files.length > 0) {
      receive(event.dataTransfer.files[0]);
    }
  });
  return node;
}

async function useSample({ store, app }, sample) {
  try {
    const draft = await api.post('/drafts', { sample: sample.id });
    await app.router.go('/new/' + draft.id, { replace: !store.draft });
  } catch (problem) {
    app.toast(problem.title || t('problem.unexpected'));
  }
}

function sendingPanel(file, stop) {
  const bar = progressBar(t('file.sending', { name: file.name }));
  const text = h('p', { class: 'hint' }, t('file.sent', { sent: bytes(0), of: bytes(file.size) }));
  const panel = h('div', { class: 'panel stack', id: 'upload-progress' }, h('p', null, t('file.sending', { name: file.name })), bar, h('div', { class: 'row' }, text, button(t('file.stop'), { class: 'small push', onclick: stop })));
  panel.update = (sent, of) => {
    const words = sent >= of ? t('file.reading') : t('file.sent', { sent: bytes(sent), of: bytes(of) });
    bar.update((100 * sent) / Math.max(1, of), words);
    replace(text, words);
  };
  return panel;
}

function described(context, reading, receive) {
  const { draft } = context.store;
  const { found, file } = draft;
  return [
    droppable(h('div', { class: 'file-line' },
      h('strong', { class: 'break', id: 'file-name', dir: 'auto' }, file.name), file.sample && statusBadge('hint', t('file.isSample')),
      h('span', { class: 'muted', id: 'file-facts' }, facts(file, found)),
      h('span', { class: 'push' }, chooser(t('file.other'), 'small', receive))), receive),
    draft.problem && unreadable(draft.problem),
    reading,
    found && badLines(draft.id, found, context.store),
    found && preview(draft.id, found, context.store),
  ];
}

function facts(file, found) {
  const parts = [bytes(file.bytes)];
  if (found) {
    parts.push(t('file.rows', { n: found.rows }), t('file.columns', { n: found.columns.length }), found.encoding + (found.bom ? ' BOM' : ''), found.delimiter, found.lineEnding);
  }
  return parts.join(' · ');
}

function unreadable(problem) {
  return h('div', { class: 'panel-note tone-error', role: 'alert', id: 'file-problem' }, h('span', { class: 'glyph', 'aria-hidden': 'true' }, '✕'), h('div', null,
    h('strong', null, problem.line ? t('file.unreadableAt', { line: number(problem.line) }) : t('file.unreadable')), h('p', { dir: 'auto' }, problem.detail), h('p', null, t('file.tryReading'))));
}

// Said before a large file travels in vain; the server looks at the bytes themselves.
function wrongKind(file) {
  if (/\.(xlsx|xls|xlsm|ods|numbers)$/i.test(file.name)) {
    return t('file.spreadsheet', { kind: file.name.slice(file.name.lastIndexOf('.')) });
  }
  if (/\.(zip|gz|7z|rar|tar|bz2)$/i.test(file.name)) {
    return t('file.archive');
  }
  return file.size === 0 ? t('file.empty') : null;
}
