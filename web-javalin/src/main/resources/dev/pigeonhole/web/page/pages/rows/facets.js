// What the rows can be narrowed by, with how many there are of each; and what they are narrowed by now.
import { h, replace } from '../../dom.js';
import { number, percent } from '../../format.js';
import { plainClick } from '../../table.js';
import { glyph, mark } from '../../ui.js';
import { has, t } from '../../words.js';
import { categoryPicker } from '../job/picker.js';

const SHOWN = 15;

export function facetPanel(page) {
  const status = group(t('facet.status'), 'facet-status');
  const category = group(t('facet.category'), 'facet-category');
  const cause = group(t('facet.cause'), 'facet-cause');
  const people = group(t('facet.people'), 'facet-reviewed');
  const picker = categoryPicker({
    id: 'filter-category',
    label: t('facet.find'),
    hideLabel: true,
    placeholder: t('facet.find'),
    names: [],
    choose: (name) => page.change({ category: name }),
  });
  picker.node.hidden = true;
  category.node.append(picker.node);
  const groups = h('div', { class: 'facet-groups' }, status.node, category.node, cause.node, people.node);
  const node = h(
    'details',
    { class: 'facets', id: 'facets', open: matchMedia('(min-width: 60rem)').matches },
    h('summary', null, t('facet.title')),
    groups,
  );
  return {
    node,
    update(facets) {
      status.show(statusLinks(page, facets));
      category.show(namedLinks(page, 'category', facets.category, facets.total).slice(0, SHOWN));
      cause.show(namedLinks(page, 'cause', facets.cause, facets.total));
      people.show(reviewedLinks(page, facets));
      picker.names(allCategories(page, facets));
      picker.node.hidden = allCategories(page, facets).length <= SHOWN;
    },
  };
}

/** All that the job knows: those of the filter are few while one is chosen. */
function allCategories(page, facets) {
  const names = new Set((page.frame.job.byCategory || []).map((each) => each.name));
  (facets.category || []).forEach((each) => names.add(each.name));
  return [...names];
}

function group(title, id) {
  const list = h('ul');
  const node = h('section', { class: 'facet', id }, h('h2', null, title), list);
  return {
    node,
    show(links) {
      const at = [...list.querySelectorAll('a')].indexOf(document.activeElement);
      node.hidden = links.length === 0;
      replace(
        list,
        links.map((link) => h('li', null, link)),
      );
      if (at >= 0) (list.querySelectorAll('a')[Math.min(at, links.length - 1)] || list.querySelector('a'))?.focus();
    },
  };
}

function statusLinks(page, facets) {
  return ['categorized', 'unmatched', 'failed', 'skipped']
    .filter((status) => (facets.status || {})[status] > 0 || page.view.status === status)
    .map((status) =>
      facetLink(
        page,
        { status },
        [mark(glyph(status)), ' ', t(`state.${status}`)],
        (facets.status || {})[status] || 0,
        facets.total,
      ),
    );
}

function namedLinks(page, name, values, total) {
  const sorted = [...(values || [])]
    .map((each) => ({ ...each, key: each.name ?? each.cause }))
    .filter((each) => each.rows > 0)
    .sort((a, b) => b.rows - a.rows);
  return sorted.map((each) =>
    facetLink(page, { [name]: each.key }, [name === 'cause' ? causeWord(each.key) : each.key], each.rows, total),
  );
}

function reviewedLinks(page, facets) {
  if (!facets.reviewed && !page.view.reviewed) return [];
  const rest = facets.total - facets.reviewed;
  return [
    facetLink(page, { reviewed: 'true' }, [t('facet.reviewed')], facets.reviewed, facets.total),
    rest > 0 && facetLink(page, { reviewed: 'false' }, [t('facet.notReviewed')], rest, facets.total),
  ].filter(Boolean);
}

/** A press on what is chosen already takes it away again. */
function facetLink(page, change, label, rows, total) {
  const [name, value] = Object.entries(change)[0];
  const chosen = page.view[name] === value;
  const next = { [name]: chosen ? '' : value };
  return h(
    'a',
    {
      href: page.href(next),
      class: 'facet-link',
      'aria-current': chosen ? 'true' : null,
      onclick: plainClick(() => page.change(next)),
    },
    h('span', { class: 'facet-name', dir: 'auto' }, label),
    h('span', { class: 'facet-rows', title: percent(rows, total) }, number(rows)),
    chosen && mark('×'),
  );
}

/** The words of a cause; a new cause of the server's shows its name. */
export function causeWord(cause) {
  return has(`cause.${cause}`) ? t(`cause.${cause}`) : cause;
}

/** The filters that are on, each with a way to take it away. */
export function filterChips(page) {
  const words = {
    q: (value) => t('chip.q', { value }),
    status: (value) => t(`state.${value}`),
    category: (value) => value,
    cause: causeWord,
    reviewed: (value) => t(value === 'true' ? 'facet.reviewed' : 'facet.notReviewed'),
  };
  const on = Object.entries(page.filter()).filter(([, value]) => value);
  const chips = on.map(([name, value]) =>
    h(
      'a',
      {
        class: 'filter-chip',
        href: page.href({ [name]: '' }),
        'aria-label': t('chip.remove', { what: words[name](value) }),
        onclick: plainClick(() => {
          page.change({ [name]: '' });
          page.search.focus();
        }),
      },
      h('span', { dir: 'auto' }, words[name](value)),
      mark('×'),
    ),
  );
  const none = Object.fromEntries(on.map(([name]) => [name, '']));
  const clear =
    on.length > 1 &&
    h(
      'a',
      {
        class: 'filter-clear',
        id: 'clear-filters',
        href: page.href(none),
        onclick: plainClick(() => {
          page.search.value = '';
          page.change(none);
          page.search.focus();
        }),
      },
      t('rows.clear'),
    );
  replace(page.chips, chips, clear);
  page.chips.hidden = on.length === 0;
}
