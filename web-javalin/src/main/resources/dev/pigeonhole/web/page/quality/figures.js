// The head figures, in plain words; what could have come out otherwise is drawn as a range.
import { h, svg } from '../dom.js';
import { confidence, money, number, share, short } from '../format.js';
import { t } from '../words.js';

/** With fewer rows a percentage would say more than is known. */
const FEW = 30;

export function keyFigures(evaluation) {
  return h(
    'section',
    { class: 'card', 'aria-labelledby': 'quality-figures' },
    h('h2', { id: 'quality-figures', class: 'visually-hidden' }, t('quality.figures')),
    h(
      'dl',
      { class: 'quality-figures' },
      ratio('coverage', t('quality.coverage'), evaluation.coverage, t('quality.coverageHint')),
      ratio('accuracy', t('quality.accuracy'), evaluation.accuracy, t('quality.accuracyHint')),
      ratio('accuracy-of-all', t('quality.accuracyOfAll'), evaluation.accuracy_of_all, t('quality.accuracyOfAllHint')),
      plain('macro-f1', t('quality.macroF1'), confidence(evaluation.macro_f1), t('quality.macroF1Hint')),
      plain('kappa', t('quality.kappa'), confidence(evaluation.kappa), t('quality.kappaHint')),
      cost(evaluation.cost),
      shortlist(evaluation.shortlist),
    ),
    unanswered(evaluation),
  );
}

function ratio(id, label, { count, of, value, low, high }, hint) {
  const counted = t('quality.of', { count: number(count), of: number(of) });
  if (of < FEW) return plain(id, label, counted, `${hint}; ${t('quality.few')}`);
  return entry(
    id,
    label,
    [share(value), h('span', { class: 'quality-count' }, counted)],
    [
      rangePicture(value, low, high),
      h('span', { class: 'hint' }, t('quality.interval', { low: share(low), high: share(high) })),
      h('span', { class: 'hint' }, hint),
    ],
  );
}

function plain(id, label, value, hint) {
  return entry(id, label, [value], [hint && h('span', { class: 'hint' }, hint)]);
}

function entry(id, label, value, more) {
  return h('div', { id: `quality-${id}` }, h('dt', null, label), h('dd', null, h('strong', null, value), more));
}

function cost(told) {
  if (!told) return null;
  if (told.usd_per_1000 === null) {
    return plain('cost', t('quality.cost'), exactly(null), t('quality.costUnknown', { tokens: short(told.tokens_per_1000) }));
  }
  const usd = exactly(told.usd);
  const hint = told.tokens_per_1000
    ? t('quality.costHint', { usd, tokens: short(told.tokens_per_1000) })
    : t('quality.costOnly', { usd });
  return plain('cost', t('quality.cost'), exactly(told.usd_per_1000), hint);
}

function exactly(usd) {
  return money(usd, { exact: true });
}

function shortlist(told) {
  if (!told) return null;
  const hint = t('quality.shortlistHint', { rows: number(told.rows), size: number(told.size) });
  return plain('shortlist', t('quality.shortlist'), share(told.recall), hint);
}

/** From nothing to all: the range as a band, the value as a mark on it. */
function rangePicture(value, low, high) {
  const from = 100 * low;
  const width = Math.max(1, 100 * (high - low));
  return svg(
    'svg',
    { class: 'quality-range', viewBox: '0 0 100 12', preserveAspectRatio: 'none', 'aria-hidden': 'true', focusable: 'false' },
    svg('rect', { class: 'range-track', x: 0, y: 5, width: 100, height: 2 }),
    svg('rect', { class: 'range-band', x: Math.min(from, 100 - width), y: 2, width, height: 8 }),
    svg('rect', { class: 'range-mark', x: Math.min(99.4, Math.max(0, 100 * value - 0.3)), y: 0, width: 0.6, height: 12 }),
  );
}

function unanswered({ unmatched, failed, skipped }) {
  const parts = [
    unmatched && t('quality.unmatched', { n: unmatched }),
    failed && t('quality.failed', { n: failed }),
    skipped && t('quality.skipped', { n: skipped }),
  ].filter(Boolean);
  return parts.length > 0 && h('p', { class: 'hint' }, t('quality.unanswered'), ' ', parts.join(' · '));
}
