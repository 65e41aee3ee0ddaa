// How a file is read, as chips; choosing one reads the file again at once.

import { freshId, h, replace } from '../../dom.js';
import { choice, problemPanel, select } from '../../ui.js';
import { t } from '../../words.js';

const DELIMITERS = ['auto', 'comma', 'semicolon', 'tab', 'pipe'];
const ENCODINGS = ['auto', 'UTF-8', 'windows-1252', 'ISO-8859-15', 'UTF-16LE', 'UTF-16BE', 'windows-1250', 'windows-1251', 'Shift_JIS', 'GB18030', 'Big5', 'EUC-KR'];
const RAGGED = ['auto', 'fail', 'pad', 'dead-letter'];

export function readingChips(store) {
  const delimiters = chips('delimiter', t('reading.delimiter'), DELIMITERS, (value) => change({ delimiter: value }));
  const encoding = select(ENCODINGS.map((name) => [name, name]), 'auto', { id: 'reading-encoding', onchange: () => change({ encoding: encoding.value }) });
  const ragged = select(RAGGED.map((name) => [name, t('reading.ragged.' + name)]), 'auto', { id: 'reading-ragged', onchange: () => change({ ragged: ragged.value }) });
  const quotes = choice('checkbox', t('reading.lenientQuotes'), { id: 'reading-lenient', onchange: () => change({ lenientQuotes: quotes.input.checked }) });
  const broken = choice('checkbox', t('reading.replaceBadBytes'), { id: 'reading-replace', onchange: () => change({ replaceBadBytes: broken.input.checked }) });
  const busy = h('span', { class: 'note', role: 'status' });
  const problem = h('div');
  const node = h('details', { class: 'reading' }, h('summary', { class: 'plain', id: 'show-reading' }, t('reading.change')),
    h('div', { class: 'panel reading-grid' }, delimiters.node,
      h('div', { class: 'field' }, h('label', { for: encoding.id }, t('reading.encoding')), encoding),
      h('div', { class: 'field' }, h('label', { for: ragged.id }, t('reading.ragged')), ragged),
      h('div', { class: 'reading-checks' }, quotes, broken), busy), problem);

  async function change(part) {
    replace(busy, t('reading.busy'));
    await store.change('reading', { ...store.part('reading'), ...part }, { now: true });
    replace(busy);
    replace(problem, store.problem('reading') && problemPanel(store.problem('reading')));
  }

  function update() {
    const { draft } = store;
    if (!draft) {
      return;
    }
    const { reading, found } = draft;
    delimiters.show(reading.delimiter, found && found.delimiter);
    encoding.options[0].textContent = found ? t('reading.autoIs', { found: found.encoding }) : t('reading.auto');
    if (!ENCODINGS.includes(reading.encoding) && !encoding.querySelector('[data-own]')) {
      encoding.append(h('option', { value: reading.encoding, data: { own: '1' } }, reading.encoding));
    }
    encoding.value = reading.encoding;
    ragged.value = reading.ragged;
    quotes.input.checked = reading.lenientQuotes;
    broken.input.checked = reading.replaceBadBytes;
    node.open = node.open || Boolean(draft.problem);
  }
  return { node, update };
}

// Radio buttons that look like chips.
function chips(name, label, values, choose) {
  const group = freshId(name);
  const inputs = values.map((value) => h('input', { type: 'radio', name: group, value, id: 'reading-' + name + '-' + value, onchange: () => choose(value) }));
  const texts = values.map((value) => h('span', null, t('reading.' + name + '.' + value)));
  const node = h('fieldset', { class: 'chips' }, h('legend', null, label), h('div', { class: 'row' }, values.map((value, at) => h('label', { class: 'chip' }, inputs[at], texts[at]))));
  const show = (chosen, found) => {
    inputs.forEach((input) => { input.checked = input.value === chosen; });
    replace(texts[0], found ? t('reading.autoIs', { found }) : t('reading.auto'));
  };
  return { node, show };
}
