// What a run would take, asked again whenever the draft has changed. It calls nobody and costs nothing.

import * as api from '../../api.js';
import { h, replace } from '../../dom.js';
import { duration, moneyRange, number, short } from '../../format.js';
import { loading, problemPanel } from '../../ui.js';
import { t } from '../../words.js';
import { comparePanel } from './compare.js';

/** @param {() => void} told called when there is another estimate */
export function estimatePanel(store, told) {
  const facts = h('div', null);
  const compare = comparePanel(store);
  const node = h('div', { class: 'estimate panel', id: 'estimate', role: 'region', 'aria-label': t('estimate.title') }, h('h3', null, t('estimate.title'), h('span', { class: 'note' }, ' ', t('estimate.free'))), facts, compare.node);
  let latest = null;
  let asked = '';
  let asking = null;

  function update() {
    const { draft } = store;
    const ready = draft && Object.values(draft.ready).every(Boolean);
    if (!ready) {
      latest = null;
      asked = '';
      compare.update(null);
      replace(facts, h('p', { class: 'muted' }, t('estimate.notYet')));
    } else if (asked !== draft.etag && store.state === 'saved') {
      ask(draft);
    }
  }

  async function ask(draft) {
    asked = draft.etag;
    stop();
    asking = new AbortController();
    if (!latest) {
      replace(facts, loading(t('estimate.counting')));
    }
    try {
      latest = await api.post('/drafts/' + draft.id + '/estimate', {}, { signal: asking.signal });
      replace(facts, list(latest));
    } catch (problem) {
      if (problem.name === 'AbortError') {
        return;
      }
      latest = null;
      replace(facts, problemPanel(problem, { retry: () => ask(store.draft) }));
    }
    compare.update(latest);
    told();
  }

  function stop() {
    if (asking) {
      asking.abort();
    }
  }

  return { node, update, latest: () => latest, leave: stop };
}

function list(estimate) {
  const facts = [
    ['rows', number(estimate.toCategorize), leftOut(estimate)],
    ['texts', number(estimate.distinctTexts), estimate.knownTexts > 0 ? t('estimate.known', { n: estimate.knownTexts }) : ''],
    ['batches', number(estimate.batches), ''],
    ['calls', number(estimate.calls), ''],
  ];
  if (estimate.inputTokens !== null && estimate.inputTokens > 0) {
    facts.push(['tokens', short(estimate.inputTokens), t('estimate.tokensOut', { out: short(estimate.outputTokens) })]);
  }
  facts.push(['cost', cost(estimate), estimate.free ? '' : estimate.priceBasis || '']);
  if (estimate.secondsHigh !== null && estimate.secondsHigh !== undefined) {
    facts.push(['time', time(estimate), '']);
  }
  return h('dl', { class: 'facts' }, facts.map(([name, value, more]) => h('div', { class: 'fact' }, h('dt', null, t('estimate.' + name)), h('dd', null, h('strong', { id: 'estimate-' + name }, value), more && h('span', { class: 'hint' }, more)))));
}

function leftOut(estimate) {
  const parts = [];
  if (estimate.withoutText > 0) {
    parts.push(t('estimate.withoutText', { n: estimate.withoutText }));
  }
  if (estimate.setAside > 0) {
    parts.push(t('estimate.setAside', { n: estimate.setAside }));
  }
  return parts.join(', ');
}

function cost(estimate) {
  if (estimate.free) {
    return t('estimate.nothing');
  }
  return estimate.costHigh === null ? t('estimate.noPrice') : moneyRange(estimate.costLow, estimate.costHigh);
}

function time({ secondsLow, secondsHigh }) {
  return secondsLow === null || secondsLow === secondsHigh ? duration(secondsHigh) : duration(secondsLow) + '–' + duration(secondsHigh);
}
