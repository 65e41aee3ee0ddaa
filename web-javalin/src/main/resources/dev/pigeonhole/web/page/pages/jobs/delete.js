// Deleting a job: its name has to be typed.

import * as api from '../../api.js';
import { confirmDialog } from '../../ui.js';
import { t } from '../../words.js';

/** @param {() => void} done called once it is gone */
export async function deleteJob(job, app, done) {
  const sure = await confirmDialog({
    title: t('delete.title', { name: job.title }),
    body: t('delete.text', { n: job.rows.total - job.rows.waiting }),
    confirm: t('delete.do'), danger: true, typed: job.title,
  });
  if (!sure) {
    return;
  }
  try {
    await api.del('/jobs/' + job.id, { name: job.title });
    app.toast(t('delete.done', { name: job.title }));
    done();
  } catch (problem) {
    app.toast([problem.title || t('problem.noAnswer'), problem.detail].filter(Boolean).join(': '), { seconds: 12 });
  }
}
