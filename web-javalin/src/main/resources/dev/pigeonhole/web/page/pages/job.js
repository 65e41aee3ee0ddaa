// The overview of a job: how far it is, what came out, what it costs, and what it waits for.
import { h } from '../dom.js';
import { statusBanner } from './job/banner.js';
import { jobCharts } from './job/figures.js';
import { openJob } from './job/frame.js';
import { progressPanel } from './job/progress.js';
import { batchStrip } from './job/strip.js';

/** @type {import('../router.js').Show} */
export async function show(main, place, app) {
  const frame = await openJob(main, place, app, 'overview');
  if (!frame) return undefined;
  const parts = [statusBanner(frame), progressPanel(frame), batchStrip(frame), jobCharts(frame)];
  frame.body.append(
    parts[0].node,
    h('section', { class: 'card progress-card', 'aria-labelledby': 'state' }, parts[1].node, parts[2].node, frame.live),
    parts[3].node,
  );
  const draw = (event) => parts.forEach((part) => part.update(event));
  frame.onEvent(draw);
  draw({ name: 'snapshot', job: frame.job });
  return () => {
    parts.forEach((part) => part.close?.());
    frame.close();
  };
}
