// Which categories will be confused: asked for once the draft has been left alone for a while, and never waited for.

import * as api from '../../api.js';
import { h, replace } from '../../dom.js';
import { later } from '../../ui.js';
import { t } from '../../words.js';

const QUIET_MILLIS = 1_200;
const BUSY_MILLIS = 5_000;
const BUSY = 429;

/** @param {() => void} told called when there are other notes */
export function overlaps(store, told) {
  const node = h('p', { class: 'note', id: 'lint-tried', role: 'status' });
  let notes = [];
  let asked = '';
  let asking = null;
  const soon = later(() => ask(), QUIET_MILLIS);
  const again = later(() => ask(), BUSY_MILLIS);

  function update() {
    const { draft } = store;
    if (!draft || draft.categories.categories.length === 0) {
      asked = '';
      take({ notes: [], rows: 0, judged: 0, right: 0 });
    } else if (asked !== draft.etag && store.state === 'saved') {
      asked = draft.etag;
      soon.soon();
    }
  }

  async function ask() {
    stop();
    asking = new AbortController();
    try {
      take(await api.get('/drafts/' + store.draft.id + '/lint', { signal: asking.signal }));
    } catch (problem) {
      // A remark that does not come is no reason to bother anybody; the file section tells what is wrong with a file.
      if (problem.status === BUSY) {
        again.soon();
      }
      return;
    }
    told();
  }

  function take(lint) {
    notes = lint.notes;
    replace(node, lint.rows === 0 ? null : tried(lint));
  }

  function stop() {
    soon.cancel();
    again.cancel();
    if (asking) {
      asking.abort();
    }
  }

  /** Notes about categories that are still there, by their names. */
  function current(names) {
    const has = (name) => name === null || names.has(name);
    return notes.filter((note) => has(note.category) && has(note.other));
  }

  return { node, update, current, leave: stop };
}

function tried({ rows, judged, right }) {
  return judged === 0 ? t('lint.tried', { n: rows }) : t('lint.judged', { n: judged, right });
}
