// Paper for two parts of one, from nothing to all: across and up. Drawn anew when its width changes.
import { h, svg } from '../dom.js';

const TICKS = [0, 0.25, 0.5, 0.75, 1];
const LEFT = 44;
const TOP = 12;

/**
 * @typedef {{width: number, height: number, right: number, bottom: number, x: (part: number) => number, y: (part: number) => number}} Paper
 * @param {{height: (width: number) => number, right?: number, below?: number, across: string, xTicks?: (part: number) => string}} spec
 * @param {(paper: Paper) => any[]} draw what goes on the paper
 * @returns {{node: HTMLElement, redraw: () => void}}
 */
export function plot(spec, draw) {
  const picture = svg('svg', { class: 'quality-plot', 'aria-hidden': 'true', focusable: 'false' });
  const node = h('div', { class: 'chart-frame' }, picture);
  const redraw = () => {
    const paper = paperOf(node.clientWidth || 320, spec);
    picture.setAttribute('viewBox', `0 0 ${paper.width} ${paper.height}`);
    picture.replaceChildren(...grid(paper, spec), ...draw(paper));
  };
  let width = -1;
  // Not in the middle of the measuring: what is drawn anew has another height.
  const resized = () => requestAnimationFrame(() => {
    if (node.clientWidth !== width) redraw();
    width = node.clientWidth;
  });
  new ResizeObserver(resized).observe(node);
  redraw();
  return { node, redraw };
}

function paperOf(width, { height, right = 14, below = 0 }) {
  const high = height(width);
  const bottom = high - below - 34;
  const end = width - right;
  return { width, height: high, right: end, bottom, x: (part) => LEFT + part * (end - LEFT), y: (part) => bottom - part * (bottom - TOP) };
}

function grid(paper, { across, xTicks }) {
  const { x, y, bottom } = paper;
  return [
    ...TICKS.map((part) => svg('line', { x1: x(0), x2: x(1), y1: y(part), y2: y(part), class: part ? 'chart-grid' : 'chart-base' })),
    ...TICKS.map((part) => label(x(0) - 6, y(part) + 4, `${100 * part}%`, 'chart-tick-end')),
    ...TICKS.map((part) => label(x(part), bottom + 15, xTicks ? xTicks(part) : String(part), 'chart-tick-middle')),
    label(x(0.5), bottom + 30, across, 'chart-tick-middle'),
  ];
}

/** A text on the paper. */
export function label(x, y, text, className = '') {
  return svg('text', { x, y, class: `chart-tick ${className}` }, text);
}

/** A line through points of the paper. */
export function path(points) {
  return points.map(([x, y], at) => `${at ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
}
