// The third section: the categories, written, pasted or imported.

import * as api from '../../api.js';
import { h, replace } from '../../dom.js';
import { button, choice, downloadLink, field, menu, problemPanel } from '../../ui.js';
import { t } from '../../words.js';
import { categoryForm } from './category-form.js';
import { categoryList } from './category-list.js';
import { lintNotes } from './lint.js';
import { overlaps } from './overlaps.js';
import { askForList, importFile, pastePanel } from './paste.js';
import { section } from './section.js';

const LEVELS = ['error', 'warning', 'hint'];

/** @typedef {{name: string, description: string, keywords: string[], examples: string[]}} Category */

export function categoriesSection(context) {
  const { store, app } = context;
  const count = h('span', { class: 'badge tone-idle', id: 'category-count' });
  const tools = h('div', { class: 'row push' });
  const { node, body } = section('categories', 3, count, tools);
  /** @type {{task: string, allowUnmatched: boolean, categories: Category[]}} */
  let model = { task: '', allowUnmatched: true, categories: [] };
  let chosen = 0;
  let pasting = false;
  const problem = h('div');
  const lint = h('div', { class: 'stack', id: 'lint' });
  const tried = overlaps(store, showLint);
  const list = categoryList(choose);
  const form = categoryForm({ change: changed, move, remove });
  const task = h('textarea', { id: 'task', rows: '2', oninput: () => { model.task = task.value; changed(); } });
  const unmatched = choice('checkbox', t('categories.allowUnmatched'), { id: 'allow-unmatched', onchange: () => { model.allowUnmatched = unmatched.input.checked; changed(); } }, t('categories.allowUnmatchedHint'));
  const editor = h('div', { class: 'category-editor' }, h('div', { class: 'category-side' }, list.node, button(t('categories.add'), { id: 'add-category', sign: '+', class: 'small', onclick: add })), form.node);
  const settings = h('div', { class: 'stack' }, unmatched, h('details', { class: 'task' }, h('summary', { class: 'plain' }, t('categories.taskShow')), field(t('categories.task'), task, { hint: t('categories.taskHint'), wide: true })));
  replace(tools, toolbar());
  replace(body, problem, h('div', { class: 'stack' }, editorPlace(), lint, tried.node));

  function editorPlace() {
    return h('div', { id: 'category-place' });
  }

  function toolbar() {
    return [
      button(t('categories.paste'), { id: 'paste-categories', class: 'small', onclick: () => askForList(model.categories.length > 0, (text, add) => paste(text, add)) }),
      importFile(receive),
      menu(t('categories.more'), [
        button(t('categories.clear'), { id: 'clear-categories', onclick: clear }),
        downloadItem(),
      ], { kind: 'plain small' }),
    ];
  }

  function downloadItem() {
    return store.draft ? downloadLink(t('categories.download'), api.address('/drafts/' + store.draft.id + '/categories/file')) : h('span', { class: 'muted' }, t('categories.download'));
  }

  function update(reason) {
    if (['shown', 'reloaded', 'imported', 'created'].includes(reason)) {
      if (reason !== 'created') {
        model = copy(store.part('categories'));
        chosen = Math.min(chosen, Math.max(0, model.categories.length - 1));
      }
      replace(tools, toolbar());
      build();
    }
    replace(problem, trouble());
    tried.update();
    showLint();
  }

  /** Puts the editor, or the place to paste a list, into the page. */
  function build() {
    const empty = model.categories.length === 0;
    pasting = empty;
    task.value = model.task;
    unmatched.input.checked = model.allowUnmatched;
    replace(body.querySelector('#category-place'), empty ? pastePanel(paste, add) : [editor, settings]);
    showList();
    form.show(model.categories[chosen] || null, chosen, model.categories.length);
  }

  function showList() {
    replace(count, t('categories.count', { n: named(model).length }));
    list.show(model.categories, chosen, marks());
  }

  function changed() {
    showList();
    store.change('categories', sent(model));
  }

  function choose(at) {
    chosen = at;
    showList();
    form.show(model.categories[chosen], chosen, model.categories.length);
    showLint();
  }

  function add() {
    model.categories.push({ name: '', description: '', keywords: [], examples: [] });
    chosen = model.categories.length - 1;
    if (pasting) {
      build();
    } else {
      choose(chosen);
    }
    form.focusName();
  }

  function move(step) {
    const to = chosen + step;
    const [moved] = model.categories.splice(chosen, 1);
    model.categories.splice(to, 0, moved);
    choose(to);
    changed();
    app.announce(t('categories.moved', { name: moved.name, at: to + 1, n: model.categories.length }));
  }

  function remove() {
    const at = chosen;
    const [removed] = model.categories.splice(at, 1);
    chosen = Math.max(0, Math.min(at, model.categories.length - 1));
    build();
    changed();
    list.focus();
    app.toast(t('categories.removed', { name: removed.name || t('categories.unnamed') }), { action: { label: t('common.undo'), run: () => { model.categories.splice(at, 0, removed); chosen = at; build(); changed(); } } });
  }

  function clear() {
    const before = model.categories;
    model.categories = [];
    chosen = 0;
    build();
    changed();
    app.toast(t('categories.cleared', { n: before.length }), { action: { label: t('common.undo'), run: () => { model.categories = before; build(); changed(); } } });
  }

  /** Takes a pasted list; what looks like a file of categories is read by the server. */
  function paste(text, added) {
    const name = fileNameOf(text);
    if (name) {
      receive(name, text);
      return;
    }
    const known = new Set(added.keep ? model.categories.map((category) => fold(category.name)) : []);
    const fresh = lines(text).filter((category) => !known.has(fold(category.name)) && known.add(fold(category.name)));
    model.categories = [...(added.keep ? model.categories : []), ...fresh];
    chosen = 0;
    build();
    changed();
    app.announce(t('categories.count', { n: model.categories.length }));
  }

  async function receive(name, text) {
    try {
      await store.flush();
      store.take(await api.post('/drafts/' + (await store.id()) + '/categories/import', { name, text }), 'imported');
      app.toast(t('categories.imported', { n: store.draft.categories.categories.length, name }));
    } catch (failure) {
      replace(problem, problemPanel(failure));
    }
  }

  function trouble() {
    const refused = store.problem('categories');
    return refused && h('div', { id: 'categories-problem' }, problemPanel(refused));
  }

  function marks() {
    const notes = allNotes();
    const refused = store.problem('categories');
    const wrong = new Set((refused ? refused.errors : []).map((error) => indexOf(error.pointer)));
    let at = -1;
    return model.categories.map((category) => {
      at += category.name.trim() === '' ? 0 : 1;
      return wrong.has(at) && category.name.trim() !== '' ? 'error' : notes.some((each) => each.category === category.name && each.level !== 'hint') ? 'warning' : null;
    });
  }

  /** What the server said when it saved, and what it found on the rows of the file. */
  function allNotes() {
    return [...((store.draft && store.draft.lint) || []), ...tried.current(new Set(model.categories.map((category) => category.name)))]
      .sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
  }

  function showLint() {
    const notes = allNotes();
    const current = model.categories[chosen];
    const own = current ? notes.filter((each) => each.category === current.name) : [];
    form.notes(lintNotes(own, goTo));
    replace(lint, model.categories.length > 0 && lintNotes(notes.filter((each) => !own.includes(each)), goTo));
    list.mark(marks());
  }

  function goTo(name) {
    const at = model.categories.findIndex((category) => category.name === name);
    if (at >= 0) {
      choose(at);
      form.focusName();
    }
  }

  return { node, update, leave: tried.leave };
}

function copy(categories) {
  return categories ? structuredClone(categories) : { task: '', allowUnmatched: true, categories: [] };
}

function named(model) {
  return model.categories.filter((category) => category.name.trim() !== '');
}

/** As the server is told: without those that have no name yet. */
function sent(model) {
  return copy({ ...model, categories: named(model) });
}

function fold(name) {
  return name.trim().replace(/\s+/g, ' ').toLowerCase();
}

function indexOf(pointer) {
  const found = /^\/categories\/(\d+)/.exec(pointer) || /^\/categories\/categories\/(\d+)/.exec(pointer);
  return found ? Number(found[1]) : -1;
}

/** The name under which the server should read a pasted text, or null for a plain list. */
function fileNameOf(text) {
  const start = text.trimStart();
  if (/^[{[]/.test(start)) {
    return 'pasted.json';
  }
  if (/^(version|categories|task)\s*:/m.test(start)) {
    return 'pasted.yaml';
  }
  return /^"?name"?,/i.test(start) ? 'pasted.csv' : null;
}

// One a line; what is behind a tab, or behind a colon or dash with spaces, describes it.
function lines(text) {
  return text.split(/\r?\n/).map((line) => line.replace(/^\s*(?:[-*•]|\d+[.)])\s+/, '').trim()).filter(Boolean).map((line) => {
    const found = /^(.+?)(?:\t+|:\s+|\s+[–—-]\s+)(.+)$/.exec(line);
    return { name: (found ? found[1] : line).trim(), description: found ? found[2].trim() : '', keywords: [], examples: [] };
  });
}
