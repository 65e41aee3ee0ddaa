// What the job was told: everything needed to understand it, and to run it again here or on the command line.
import { get } from '../api.js';
import { h } from '../dom.js';
import { bytes, money, number, percent } from '../format.js';
import { button, problemPanel } from '../ui.js';
import { t } from '../words.js';
import { again, attempt } from './job/actions.js';
import { openJob } from './job/frame.js';

/** @type {import('../router.js').Show} */
export async function show(main, place, app) {
  const frame = await openJob(main, place, app, 'setup');
  if (!frame) return undefined;
  try {
    draw(frame, await get(`${frame.api}/setup`));
  } catch (problem) {
    frame.body.append(problemPanel(problem, { retry: () => app.router.again() }));
  }
  return () => frame.close();
}

function draw(frame, setup) {
  const can = frame.job.allowedActions.includes('again');
  frame.body.append(
    h(
      'div',
      { class: 'setup' },
      commandPart(frame, setup.command),
      can &&
        h(
          'section',
          { class: 'card setup-again' },
          h('h2', null, t('setup.againTitle')),
          h('p', null, t('setup.againText')),
          button(t('job.again'), { id: 'run-again', kind: 'primary', onclick: () => attempt(frame, () => again(frame)) }),
        ),
      part(t('setup.input'), inputFacts(setup)),
      part(t('setup.settings'), settingFacts(setup)),
      categoriesPart(setup.categories),
    ),
  );
}

function part(title, facts) {
  return h(
    'section',
    { class: 'card' },
    h('h2', null, title),
    h(
      'dl',
      { class: 'setup-facts' },
      facts.filter(Boolean).map(([name, ...value]) => h('div', null, h('dt', null, name), h('dd', { dir: 'auto' }, value))),
    ),
  );
}

function commandPart(frame, command) {
  const text = h(
    'pre',
    { id: 'command', class: 'command', tabIndex: 0, role: 'region', 'aria-label': t('setup.command') },
    command,
  );
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(command);
      frame.app.toast(t('setup.copied'));
    } catch {
      getSelection().selectAllChildren(text); // no right to the clipboard: the user's own copy key does it
      frame.app.toast(t('setup.selected'));
    }
  };
  return h(
    'section',
    { class: 'card setup-command' },
    h(
      'div',
      { class: 'setup-head' },
      h('h2', null, t('setup.command')),
      button(t('setup.copy'), { id: 'copy-command', onclick: copy }),
    ),
    h('p', { class: 'hint' }, t('setup.commandHint')),
    text,
  );
}

function inputFacts({ input, columns, reading }) {
  return [
    [t('setup.file'), input.name, h('span', { class: 'hint' }, ` · ${bytes(input.bytes)}`)],
    [t('setup.sha'), h('code', { class: 'sha' }, input.sha256)],
    [t('setup.text'), (columns?.text || []).join(', ') || '—'],
    [t('setup.id'), columns?.id || t('common.none')],
    columns?.truth && [t('setup.truth'), columns.truth],
    reading && [
      t('setup.reading'),
      Object.entries(reading)
        .filter(([, value]) => value !== false)
        .map(([name, value]) => `${readingWord(name)}: ${value === true ? t('setup.yes') : value}`)
        .join(' · '),
    ],
  ];
}

function readingWord(name) {
  return (
    {
      encoding: t('setup.encoding'),
      delimiter: t('setup.delimiter'),
      ragged: t('setup.ragged'),
      lenientQuotes: t('setup.lenientQuotes'),
      replaceBadBytes: t('setup.replaceBadBytes'),
    }[name] || name
  );
}

function settingFacts({ settings, launch, version }) {
  const said = new Set(Object.keys(settings));
  const more = Object.entries(launch || {}).filter(([name]) => !said.has(name));
  return [
    [
      t('setup.provider'),
      [settings.provider === 'local' ? t('fact.local') : settings.provider, settings.model].filter(Boolean).join(' · '),
    ],
    settings.baseUrl && [t('setup.baseUrl'), settings.baseUrl],
    [t('setup.batchSize'), t('setup.rows', { n: Number(settings.batchSize) })],
    [t('setup.subBatchSize'), t('setup.rows', { n: Number(settings.subBatchSize) })],
    [t('setup.concurrency'), Number(settings.concurrency) > 0 ? number(Number(settings.concurrency)) : t('setup.automatic')],
    [t('setup.maxCost'), Number(settings.maxCost) > 0 ? money(settings.maxCost) : t('common.none')],
    settings.rpm && [t('setup.rpm'), settings.rpm],
    settings.tpm && [t('setup.tpm'), settings.tpm],
    settings.cascade && [t('setup.cascade'), settings.cascade],
    settings.hints && settings.hints !== 'auto' && [t('setup.hints'), t('setup.hints.' + settings.hints)],
    settings.fresh && [t('setup.fresh'), t('setup.yes')],
    settings.outputBom && [t('setup.bom'), t('setup.yes')],
    version && [t('setup.version'), version],
    more.length > 0 && [
      t('setup.launch'),
      h(
        'details',
        null,
        h('summary', null, t('setup.launchMore', { n: more.length })),
        h(
          'dl',
          { class: 'drawer-columns' },
          more.map(([name, value]) =>
            h('div', null, h('dt', null, h('code', null, name)), h('dd', { dir: 'auto' }, plain(value))),
          ),
        ),
      ),
    ],
  ];
}

function plain(value) {
  return value !== null && typeof value === 'object' ? JSON.stringify(value) : String(value ?? '—');
}

function categoriesPart({ task, allowUnmatched, categories }) {
  const described = categories.filter((each) => each.description).length;
  return h(
    'section',
    { class: 'card setup-categories' },
    h('h2', null, t('setup.categories', { n: categories.length })),
    h(
      'p',
      { class: 'hint' },
      [
        t(allowUnmatched ? 'setup.unmatched' : 'setup.noUnmatched'),
        t('setup.described', { part: percent(described, categories.length) }),
      ].join(' · '),
    ),
    task && h('p', { dir: 'auto' }, h('strong', null, `${t('setup.task')} `), task),
    h(
      'div',
      { class: 'data-box', tabIndex: 0, role: 'region', 'aria-label': t('setup.categories', { n: categories.length }) },
      h(
        'table',
        { class: 'data', id: 'setup-categories' },
        h(
          'thead',
          null,
          h(
            'tr',
            null,
            [t('setup.name'), t('setup.description'), t('setup.keywords'), t('setup.examples')].map((each) =>
              h('th', { scope: 'col' }, each),
            ),
          ),
        ),
        h('tbody', null, categories.map(categoryRow)),
      ),
    ),
  );
}

function categoryRow(category) {
  const cell = (label, ...value) => h('td', { data: { label } }, h('div', { class: 'data-cell', dir: 'auto' }, value));
  return h(
    'tr',
    null,
    cell(t('setup.name'), h('strong', null, category.name)),
    cell(t('setup.description'), category.description || '—'),
    cell(t('setup.keywords'), (category.keywords || []).join(', ') || '—'),
    cell(
      t('setup.examples'),
      (category.examples || []).length
        ? h(
            'details',
            null,
            h('summary', null, number(category.examples.length)),
            h(
              'ul',
              null,
              category.examples.map((each) => h('li', null, each)),
            ),
          )
        : '—',
    ),
  );
}
