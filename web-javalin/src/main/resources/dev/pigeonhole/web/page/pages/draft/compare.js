// Models and lanes side by side: asked for on purpose, because it counts the file once for each model.

import * as api from '../../api.js';
import { h, replace } from '../../dom.js';
import { duration, money, moneyRange, number, share } from '../../format.js';
import { button, field, loading, problemPanel, table } from '../../ui.js';
import { t } from '../../words.js';

export function comparePanel(store) {
  const names = h('input', { type: 'text', id: 'compare-models', autocomplete: 'off', spellcheck: 'false' });
  const found = h('div', { id: 'compare-found', 'aria-live': 'polite' });
  const go = button(t('compare.go'), { id: 'compare-go', onclick: () => ask() });
  const node = h(
    'details',
    { class: 'compare', id: 'compare', hidden: true },
    h('summary', { class: 'plain' }, t('compare.title')),
    field(t('compare.models'), names, { hint: t('compare.hint') }),
    go,
    found,
  );

  async function ask() {
    const models = names.value.split(',').map((name) => name.trim()).filter(Boolean);
    replace(found, loading(t('estimate.counting')));
    try {
      const quote = await api.post('/drafts/' + store.draft.id + '/estimate', models.length > 0 ? { models } : {});
      replace(found, lines(quote.lines), pairs(quote.pairs), h('p', { class: 'hint' }, t('compare.cascade')));
    } catch (problem) {
      replace(found, problemPanel(problem, { retry: ask }));
    }
  }

  /** Only what asks a language model can be compared. */
  function update(estimate) {
    node.hidden = !estimate || estimate.free;
    if (names.value === '' && estimate?.lines.length > 0) {
      names.value = estimate.lines[0].model;
    }
    replace(found);
  }

  return { node, update };
}

function lines(all) {
  const column = (name, cell) => ({ label: t('compare.' + name), cell });
  const columns = [
    column('model', (line) => line.model),
    column('lane', (line) => t('lane.' + line.lane)),
    column('cost', costOf),
    column('time', timeOf),
    column('labels', labelsOf),
  ];
  return table(t('compare.title'), columns, all, { id: 'compare-lines' });
}

function costOf(line) {
  if (line.costHigh === null) {
    return t('compare.unknown');
  }
  const range =
    line.costLow === null
      ? t('compare.atMost', { cost: money(line.costHigh) })
      : t('compare.likely', { range: moneyRange(line.costLow, line.costHigh), cost: money(line.costExpected) });
  return line.measuredRows === null || line.costLow === null ? range : range + ' · ' + t('compare.measured', { n: line.measuredRows });
}

function timeOf(line) {
  if (line.secondsHigh !== null) {
    return t('compare.upTo', { time: duration(line.secondsHigh) });
  }
  if (line.secondsLow !== null) {
    return t('compare.atLeast', { time: duration(line.secondsLow) });
  }
  return line.secondsOfCalls === null ? t('compare.unknown') : t('compare.ofCalls', { time: duration(line.secondsOfCalls) });
}

function labelsOf(line) {
  return line.labels === null || line.lane === 'cascade' ? t('compare.unknown') : shareOf(line.labels);
}

function shareOf({ same, of, low, high }) {
  return t('compare.share', { same: number(same), of: number(of), low: share(low), high: share(high) });
}

function pairs(all) {
  return all.map(({ models, answers }) => h('p', null, t('compare.pair', { one: models[0], other: models[1], share: shareOf(answers) })));
}
