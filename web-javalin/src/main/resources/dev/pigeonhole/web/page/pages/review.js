// One row at a time, by keyboard: the doubtful first, each decision saved at once and open to undo.
import { h } from '../dom.js';
import { t } from '../words.js';
import { openJob } from './job/frame.js';
import { categoriesOf } from './rows/drawer.js';
import { ReviewDesk } from './review/desk.js';

/** @type {import('../router.js').Show} */
export async function show(main, place, app) {
  const frame = await openJob(main, place, app, 'review');
  if (!frame) return undefined;
  const desk = new ReviewDesk(frame, place.query.get('queue') || 'doubt', await categories(frame));
  desk.build();
  if (frame.job.allowedActions.includes('review')) await desk.begin();
  else frame.body.append(h('p', { class: 'hint' }, t('review.notNow')));
  return () => {
    desk.close();
    frame.close();
  };
}

/** Without the setup the categories seen so far are better than none. */
async function categories(frame) {
  try {
    return await categoriesOf(frame);
  } catch (problem) {
    frame.fail(problem);
    return frame.job.byCategory || [];
  }
}
