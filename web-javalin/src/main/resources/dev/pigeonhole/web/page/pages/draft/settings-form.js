// How a job is run: who answers, how many rows at a time, what it may cost.

import { h, replace } from '../../dom.js';
import { choice, field, note, problemPanel, select } from '../../ui.js';
import { t } from '../../words.js';

const NUMBERS = ['batchSize', 'subBatchSize', 'concurrency'];

export function settingsForm({ store, meta }) {
  const inputs = makeInputs(store, meta, change);
  const fields = makeFields(inputs, meta);
  const providers = providerChoices(meta, (name) => { change('provider', name); showProvider(); });
  const about = h('div');
  const problem = h('div');
  const model = h('div', { class: 'fields' }, fields.model, fields.baseUrl, fields.maxCost);
  const node = h('div', { class: 'settings stack' }, providers.node, about, model,
    h('div', { class: 'fields' }, fields.batchSize, fields.subBatchSize, fields.concurrency, fields.name),
    h('details', { class: 'more', id: 'more-settings' }, h('summary', { class: 'plain' }, t('settings.more')), h('div', { class: 'panel stack' }, h('div', { class: 'fields' }, fields.rpm, fields.tpm, fields.hints, fields.cascade), inputs.fresh, inputs.outputBom)),
    problem);

  function current() {
    return store.part('settings') || { ...defaults(meta) };
  }

  function change(member, value) {
    store.change('settings', { ...current(), [member]: value });
  }

  function update(reason) {
    const settings = current();
    if (reason !== 'changed' && reason !== 'answered') {
      for (const [member, input] of Object.entries(inputs)) {
        show(input, settings[member], reason === 'reloaded');
      }
    }
    providers.show(settings.provider);
    showProvider();
    showProblems();
  }

  function showProvider() {
    const settings = current();
    const provider = meta.providers.find((each) => each.name === settings.provider);
    const options = provider ? provider.options : [];
    for (const member of ['model', 'maxCost', 'rpm', 'tpm', 'hints', 'cascade']) {
      fields[member].hidden = !options.includes(member);
    }
    fields.baseUrl.hidden = !options.includes('baseUrl') || inputs.baseUrl.options.length < 2;
    inputs.fresh.hidden = !options.includes('fresh');
    model.hidden = !options.includes('model');
    replace(about, provider && providerNote(provider));
  }

  function showProblems() {
    const refused = store.problem('settings');
    const errors = refused ? refused.errors : [];
    let unplaced = refused && errors.length === 0;
    for (const each of Object.values(fields)) {
      each.fail('');
    }
    for (const error of errors) {
      const member = ('' + error.pointer).split('/').pop();
      if (fields[member] && !fields[member].hidden) {
        fields[member].fail(error.detail);
      } else {
        unplaced = true;
      }
    }
    replace(problem, unplaced && problemPanel(refused));
  }

  return { node, update };
}

/** What the server would take by itself. */
function defaults(meta) {
  return { name: '', provider: meta.providers[0] ? meta.providers[0].name : 'local', model: '', baseUrl: '', batchSize: 2000, subBatchSize: 20, concurrency: 0, maxCost: '', rpm: '', tpm: '', fresh: false, hints: 'auto', cascade: '', outputBom: false };
}

function makeInputs(store, meta, change) {
  const text = (member, props) => h('input', { type: 'text', autocomplete: 'off', spellcheck: 'false', ...props, oninput: (event) => change(member, event.target.value.trim()) });
  const whole = (member, [min, max], id) => h('input', { type: 'number', inputmode: 'numeric', step: '1', min, max, id, oninput: (event) => { if (event.target.value !== '') { change(member, Number(event.target.value)); } } });
  const models = [...new Set(meta.providers.flatMap((provider) => provider.models || []))];
  const hosts = [...new Set(meta.providers.flatMap((provider) => provider.hosts || []))];
  const flag = (member, id) => choice('checkbox', t('settings.' + member), { id, onchange: (event) => change(member, event.target.checked) }, t('settings.' + member + 'Hint'));
  const inputs = {
    name: text('name', { id: 'job-name', maxlength: '120', dir: 'auto' }),
    model: text('model', { id: 'model', list: 'models', placeholder: models[0] || null }),
    baseUrl: select([['', t('settings.baseUrlDefault')], ...hosts.map((host) => [host, host])], '', { id: 'base-url', onchange: (event) => change('baseUrl', event.target.value) }),
    maxCost: text('maxCost', { id: 'max-cost', inputmode: 'decimal', placeholder: '5.00' }),
    batchSize: whole('batchSize', meta.limits.batchSize, 'batch-size'),
    subBatchSize: whole('subBatchSize', meta.limits.subBatchSize, 'sub-batch-size'),
    concurrency: whole('concurrency', meta.limits.concurrency, 'concurrency'),
    rpm: text('rpm', { id: 'rpm', inputmode: 'numeric' }),
    tpm: text('tpm', { id: 'tpm', inputmode: 'numeric' }),
    hints: select(['auto', 'on', 'off'].map((mode) => [mode, t('settings.hints.' + mode)]), 'auto', { id: 'hints', onchange: (event) => change('hints', event.target.value) }),
    cascade: text('cascade', { id: 'cascade', inputmode: 'decimal', placeholder: '0.95' }),
    fresh: flag('fresh', 'fresh'),
    outputBom: flag('outputBom', 'output-bom'),
  };
  inputs.models = h('datalist', { id: 'models' }, models.map((name) => h('option', { value: name })));
  return inputs;
}

function makeFields(inputs, meta) {
  const range = ([min, max]) => ({ min, max });
  const fields = {};
  for (const member of ['name', 'model', 'baseUrl', 'maxCost', 'rpm', 'tpm', 'hints', 'cascade']) {
    fields[member] = field(t('settings.' + member), inputs[member], { hint: t('settings.' + member + 'Hint') });
  }
  for (const member of NUMBERS) {
    fields[member] = field(t('settings.' + member), inputs[member], { hint: t('settings.' + member + 'Hint', range(meta.limits[member])) });
  }
  fields.model.append(inputs.models);
  delete inputs.models;
  return fields;
}

function providerChoices(meta, choose) {
  const inputs = meta.providers.map((provider) => h('input', { type: 'radio', name: 'provider', value: provider.name, id: 'provider-' + provider.name, onchange: () => choose(provider.name) }));
  const node = h('fieldset', { class: 'providers' }, h('legend', null, t('settings.provider')), h('div', { class: 'provider-cards' }, meta.providers.map((provider, at) =>
    h('label', { class: 'provider-card' }, inputs[at], h('span', null, h('strong', null, provider.title), h('span', { class: 'hint' }, summary(provider)))))));
  return { node, show: (name) => inputs.forEach((input) => { input.checked = input.value === name; }) };
}

function summary(provider) {
  if (!provider.needsKey) {
    return t('provider.free');
  }
  return provider.key ? t('provider.key', { ends: provider.key.ends, host: provider.host || provider.name }) : t('provider.noKey');
}

function providerNote(provider) {
  if (!provider.ready) {
    return note('warn', provider.hint || t('provider.notReady'));
  }
  return provider.hint ? note('idle', provider.hint) : null;
}

function show(input, value, always) {
  const target = input.input || input;
  if (target.type === 'checkbox') {
    target.checked = Boolean(value);
  } else if (always || document.activeElement !== target || target.value === '') {
    target.value = value ?? '';
  }
}
