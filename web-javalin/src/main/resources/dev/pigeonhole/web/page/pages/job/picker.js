// A field that finds a category among many as one types: a combo box as ARIA describes it.
import { freshId, h, replace } from '../../dom.js';
import { t } from '../../words.js';

const MOST = 50;

/**
 * @param {{id: string, label: string, names: string[], choose: (name: string) => void, leave?: () => void, placeholder?: string,
 *     hideLabel?: boolean}} spec
 * @returns {{node: HTMLElement, input: HTMLInputElement, names: (names: string[]) => void}}
 */
export function categoryPicker(spec) {
  const list = h('ul', { class: 'picker-list', role: 'listbox', id: freshId('picker'), hidden: true, 'aria-label': spec.label });
  const input = h('input', {
    id: spec.id,
    type: 'text',
    class: 'picker-input',
    role: 'combobox',
    autocomplete: 'off',
    spellcheck: 'false',
    dir: 'auto',
    placeholder: spec.placeholder,
    'aria-expanded': 'false',
    'aria-controls': list.id,
    'aria-autocomplete': 'list',
  });
  const state = { names: spec.names, found: [], at: -1 };
  const show = () => {
    find(state, input.value);
    render(state, list, input);
  };
  const close = () => {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const take = (name) => {
    input.value = '';
    close();
    spec.choose(name);
  };
  input.addEventListener('input', show);
  input.addEventListener('focus', show);
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => pressed(event, { state, list, input, show, close, take, leave: spec.leave }));
  // Not by click: the field would lose the focus, and with it the list, before the click comes.
  list.addEventListener('pointerdown', (event) => {
    const option = event.target.closest('[role=option]');
    event.preventDefault();
    if (option) take(option.dataset.name);
  });
  const label = h('label', { for: spec.id, class: spec.hideLabel ? 'visually-hidden' : null }, spec.label);
  return {
    node: h('div', { class: 'picker' }, label, input, list),
    input,
    names(names) {
      state.names = names;
    },
  };
}

/** Names that begin with what was typed come first, then those with a word that does, then those that have it anywhere. */
export function matches(names, typed) {
  const wanted = folded(typed);
  if (!wanted) return names;
  const rank = (name) => {
    const at = folded(name).indexOf(wanted);
    if (at <= 0) return at;
    return /[\s_\-/.:]/.test(folded(name)[at - 1]) ? 1 : 2;
  };
  return names
    .map((name) => [rank(name), name])
    .filter(([place]) => place >= 0)
    .sort((a, b) => a[0] - b[0])
    .map(([, name]) => name);
}

function folded(text) {
  return text.trim().normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

function find(state, typed) {
  state.found = matches(state.names, typed).slice(0, MOST);
  state.at = typed.trim() && state.found.length ? 0 : -1;
}

function render(state, list, input) {
  const options = state.found.map((name, at) =>
    h(
      'li',
      {
        role: 'option',
        id: `${list.id}-${at}`,
        class: 'picker-option',
        dir: 'auto',
        'aria-selected': String(at === state.at),
        data: { name },
      },
      name,
    ),
  );
  replace(
    list,
    options.length
      ? options
      : h('li', { class: 'picker-none', role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false' }, t('picker.none')),
  );
  list.hidden = false;
  input.setAttribute('aria-expanded', 'true');
  if (state.at < 0) input.removeAttribute('aria-activedescendant');
  else input.setAttribute('aria-activedescendant', `${list.id}-${state.at}`);
  list.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
}

function pressed(event, box) {
  const { state, list, input, show, close, take } = box;
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    if (list.hidden) return show();
    const step = event.key === 'ArrowDown' ? 1 : -1;
    state.at = (state.at + step + state.found.length) % Math.max(1, state.found.length);
    return render(state, list, input);
  }
  if (event.key === 'Enter') {
    event.preventDefault();
    if (!list.hidden && state.at >= 0) take(state.found[state.at]);
  } else if (event.key === 'Escape' && !list.hidden) {
    // The first press closes the list only, not the dialog around it.
    event.preventDefault();
    event.stopPropagation();
    input.value = '';
    close();
    box.leave?.();
  }
  return undefined;
}
