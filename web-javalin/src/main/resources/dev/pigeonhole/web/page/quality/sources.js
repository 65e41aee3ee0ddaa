// Who gave the answers, and how right each was; nothing if there was only one.
import { h } from '../dom.js';
import { number, share } from '../format.js';
import { table } from '../ui.js';
import { has, t } from '../words.js';

export function sourceTable(sources) {
  if (!sources || sources.length < 2) return null;
  return h(
    'section',
    { class: 'card quality-section' },
    h('h2', null, t('quality.sources')),
    table(t('quality.sources'), columns(), sources, { id: 'quality-sources' }),
  );
}

function columns() {
  return [
    { label: t('quality.source'), cell: ({ source }) => h('bdi', null, nameOf(source)) },
    { label: t('quality.answered'), numeric: true, cell: ({ answered }) => number(answered) },
    { label: t('quality.right'), numeric: true, cell: ({ right }) => number(right) },
    { label: t('quality.sourceRight'), numeric: true, cell: ({ accuracy }) => share(accuracy) },
  ];
}

function nameOf(source) {
  const key = `quality.${source}`;
  return ['human', 'cache'].includes(source) && has(key) ? t(key) : source;
}
