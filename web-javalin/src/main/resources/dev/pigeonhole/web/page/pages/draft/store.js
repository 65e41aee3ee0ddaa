// A draft as it is here and as it is at the server. Every change is saved by itself, one request after another.

import * as api from '../../api.js';
import { later } from '../../ui.js';

const QUIET_MILLIS = 500;
const PARTS = ['reading', 'columns', 'settings', 'categories'];

/**
 * @param {any | null} first the draft, or null while nothing is at the server
 * @param {{created: (draft: any) => void, stale: () => void}} told
 */
export function createStore(first, told) {
  let draft = first;
  /** Changes that the server does not know yet, by part. */
  let pending = {};
  /** Those that are on their way to it. */
  let sent = {};
  /** What the server refused and why, by part. */
  const refused = {};
  const problems = {};
  const listeners = new Set();
  let saving = null;
  let creating = null;
  let failure = null;
  const save = later(() => saveNow(), QUIET_MILLIS);

  function publish(reason) {
    for (const listener of listeners) {
      listener(reason);
    }
  }

  /** The draft's id; makes the draft if there is none. */
  async function id() {
    if (draft) {
      return draft.id;
    }
    creating = creating || api.post('/drafts', {});
    try {
      take(await creating, 'created');
    } finally {
      creating = null;
    }
    told.created(draft);
    return draft.id;
  }

  /** Changes a part and saves it soon, or at once. */
  function change(part, value, { now = false } = {}) {
    pending[part] = value;
    problems[part] = null;
    delete refused[part];
    failure = null;
    publish('changed');
    if (now) {
      save.cancel();
      return saveNow();
    }
    save.soon();
    return undefined;
  }

  async function saveNow() {
    while (saving) {
      await saving;
    }
    if (Object.keys(pending).length === 0) {
      return;
    }
    saving = sendAll().finally(() => { saving = null; });
    publish('saving');
    await saving;
    publish('saved');
    if (Object.keys(pending).length > 0 && !failure) {
      await saveNow();
    }
  }

  async function sendAll() {
    sent = pending;
    pending = {};
    for (const part of PARTS) {
      if (part in sent) {
        await sendPart(part, sent[part]);
      }
    }
  }

  async function sendPart(part, value) {
    try {
      const path = '/drafts/' + (await id());
      const answer = part === 'categories' ? await api.put(path + '/categories', value, ifMatch()) : await api.patch(path, { [part]: value }, ifMatch());
      delete sent[part];
      take(answer, 'answered');
    } catch (problem) {
      await notTaken(part, value, problem);
    }
  }

  async function notTaken(part, value, problem) {
    delete sent[part];
    if (problem.status === 412) {
      pending = {};
      sent = {};
      await reload().then(told.stale, failed);
    } else if (problem.status === 422) {
      problems[part] = problem;
      refused[part] = value;
      publish('refused');
    } else {
      pending[part] = part in pending ? pending[part] : value; // kept, so that it can be sent again
      failed(problem);
    }
  }

  function failed(problem) {
    failure = problem;
    publish('failed');
  }

  function ifMatch() {
    return { headers: { 'If-Match': draft.etag } };
  }

  /** Takes the draft as the server tells it. */
  function take(answer, reason) {
    draft = answer;
    publish(reason);
  }

  async function reload() {
    for (const part of PARTS) {
      problems[part] = null;
      delete refused[part];
    }
    take(await api.get('/drafts/' + draft.id), 'reloaded');
  }

  return {
    id,
    change,
    take,
    reload,
    /** Saves what is not saved yet. */
    flush: async () => {
      save.cancel();
      failure = null;
      await saveNow();
    },
    stop: () => listeners.clear(),
    /** Calls the listener with the reason of each change; returns how to stop it. */
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get draft() { return draft; },
    /** A part as it was last changed here, whether saved or not. */
    part: (name) => [pending, sent, refused, draft || {}].find((each) => name in each)?.[name],
    problem: (name) => problems[name] || null,
    get failure() { return failure; },
    get state() {
      return failure ? 'failed' : saving ? 'saving' : Object.keys(pending).length > 0 ? 'unsaved' : draft ? 'saved' : 'new';
    },
  };
}
