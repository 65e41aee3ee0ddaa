// The batches of a job, one mark each or one for some, in the order of the file.
import { get } from '../../api.js';
import { h, replace } from '../../dom.js';
import { number } from '../../format.js';
import { t } from '../../words.js';

const MARKS = 120;
const MOST_OFTEN_MILLIS = 1500;
const SIGNS = { done: '✓', failed: '✕', working: '◐', waiting: '○' };

/** @param {import('./frame.js').JobFrame} frame */
export function batchStrip(frame) {
  const list = h('ol', { class: 'strip', id: 'batches' });
  const caption = h('p', { class: 'strip-caption' }, h('span', null, t('strip.title')));
  const told = h('span', { class: 'hint', id: 'batch-told' }, t('strip.hint'));
  caption.append(told);
  const node = h('div', { class: 'strip-box' }, caption, list);
  list.addEventListener('keydown', (event) => walk(event, list));
  const read = throttled(async () => draw(list, node, told, await get(`${frame.api}/batches`)), frame);
  let working = -1;
  return {
    node,
    update({ name, job }) {
      const now = (job.batches?.done ?? 0) * 1000 + (job.calls?.inFlight ?? 0);
      if (name !== 'progress' || now !== working) read.soon();
      working = now;
    },
    close: read.close,
  };
}

// One stop for the Tab key; the arrow keys go from mark to mark.
function walk(event, list) {
  const marks = [...list.querySelectorAll('.mark')];
  const at = marks.indexOf(event.target);
  const steps = { ArrowLeft: at - 1, ArrowUp: at - 1, ArrowRight: at + 1, ArrowDown: at + 1, Home: 0, End: marks.length - 1 };
  const next = marks[steps[event.key]];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** Asks at most every so often; a failure here is no reason to trouble anybody, the next event asks again. */
function throttled(act, frame) {
  let due = 0;
  let timer = 0;
  const run = () => {
    timer = 0;
    due = Date.now() + MOST_OFTEN_MILLIS;
    act().catch((problem) => {
      if (problem.status !== 0) frame.fail(problem);
    });
  };
  return {
    soon() {
      if (!timer) timer = setTimeout(run, Math.max(0, due - Date.now()));
    },
    close() {
      clearTimeout(timer);
    },
  };
}

function draw(list, node, told, { items }) {
  const marks = joined(items);
  node.hidden = marks.length < 2;
  const at = [...list.children].findIndex((each) => each.contains(document.activeElement));
  if (list.children.length !== marks.length)
    replace(
      list,
      marks.map((mark, n) => h('li', null, newMark(told, list, n === 0))),
    );
  marks.forEach((mark, n) => showMark(list.children[n].firstChild, mark));
  if (at >= 0 && !list.contains(document.activeElement)) list.children[Math.min(at, marks.length - 1)]?.firstChild.focus();
}

function newMark(told, list, first) {
  const node = h('button', { type: 'button', class: 'mark', tabIndex: first ? 0 : -1 }, h('span', { 'aria-hidden': 'true' }));
  const tell = () => {
    told.textContent = node.dataset.words;
  };
  const stop = () =>
    list.querySelectorAll('.mark').forEach((each) => {
      each.tabIndex = each === node ? 0 : -1;
    });
  const silence = () => {
    told.textContent = t('strip.hint');
  };
  node.addEventListener('focus', () => {
    tell();
    stop();
  });
  node.addEventListener('pointerenter', tell);
  node.addEventListener('click', tell);
  node.addEventListener('blur', silence);
  node.addEventListener('pointerleave', silence);
  return node;
}

function showMark(node, mark) {
  const look = mark.state === 'done' && mark.failed > 0 ? 'failed' : mark.state;
  const words = describe(mark);
  if (node.dataset.words === words) return;
  node.dataset.words = words;
  node.dataset.look = look;
  node.setAttribute('aria-label', words);
  node.firstChild.textContent = SIGNS[look] || '○';
}

function describe({ numbers, state, firstRow, rows, done, failed }) {
  const which =
    numbers[0] === numbers[1] ? t('strip.one', { at: numbers[0] }) : t('strip.some', { from: numbers[0], to: numbers[1] });
  const where = t('strip.rows', { from: number(firstRow), to: number(firstRow + rows - 1) });
  return [
    which,
    where,
    t(`strip.${state}`, { done: number(done), rows: number(rows) }),
    failed ? t('strip.failed', { n: failed }) : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** At most as many marks as fit a few lines: neighbours become one. */
function joined(items) {
  const each = Math.ceil(items.length / MARKS) || 1;
  const marks = [];
  for (let at = 0; at < items.length; at += each)
    marks.push(
      items
        .slice(at, at + each)
        .map(withNumbers)
        .reduce(join),
    );
  return marks;
}

function withNumbers(item) {
  return { ...item, numbers: item.numbers || [item.number, item.number] };
}

function join(a, b) {
  return {
    numbers: [a.numbers[0], b.numbers[1]],
    firstRow: a.firstRow,
    rows: a.rows + b.rows,
    done: a.done + b.done,
    failed: a.failed + b.failed,
    state: a.state === b.state ? a.state : 'working',
  };
}
