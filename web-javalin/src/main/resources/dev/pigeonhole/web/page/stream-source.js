// One connection to the events of a job: hears each event once, and comes back by itself when the line or the server breaks.
import { get } from './api.js';

const NAMES = ['snapshot', 'progress', 'state', 'batch', 'failure', 'notice', 'end'];
const FIRST_RETRY_MILLIS = 2000;
const LAST_RETRY_MILLIS = 15000;
const STALE_MILLIS = 40000;

/**
 * @param {string} id of the job
 * @param {import('./stream.js').Listener} listener
 * @returns {{close: () => void}}
 */
export function eventSource(id, listener) {
  const state = { id, listener, seen: -1, heard: Date.now(), retry: FIRST_RETRY_MILLIS, source: null, timer: 0, closed: false };
  const wake = () => {
    if (!document.hidden && Date.now() - state.heard > STALE_MILLIS) open(state);
  };
  open(state);
  // A laptop that slept may hold a dead line that never reports an error.
  document.addEventListener('visibilitychange', wake);
  addEventListener('online', wake);
  return {
    close() {
      state.closed = true;
      document.removeEventListener('visibilitychange', wake);
      removeEventListener('online', wake);
      clearTimeout(state.timer);
      state.source.close();
    },
  };
}

function open(state) {
  clearTimeout(state.timer);
  state.source?.close();
  const after = state.seen < 0 ? '' : `?after=${state.seen}`;
  const source = new EventSource(`/api/v1/jobs/${encodeURIComponent(state.id)}/events${after}`);
  state.source = source;
  source.onopen = () => {
    state.retry = FIRST_RETRY_MILLIS;
    hear(state);
  };
  source.onerror = () => lose(state, source);
  NAMES.forEach((name) => source.addEventListener(name, (message) => take(state, name, message)));
}

function hear(state) {
  state.heard = Date.now();
  state.listener.live({ mode: 'live', at: state.heard });
}

/** The first event of a connection is the job as it is now; after it, what has no higher number was heard before. */
function take(state, name, message) {
  hear(state);
  const number = Number(message.lastEventId);
  const data = JSON.parse(message.data);
  if (name !== 'snapshot' && !data.resync && number <= state.seen) return;
  state.seen = number;
  state.listener.event({ name, ...data });
}

/** EventSource comes back by itself with the id of what it heard last, except after an error of the server's. */
function lose(state, source) {
  if (state.closed || state.source !== source) return;
  state.listener.live({ mode: 'lost', at: state.heard });
  if (source.readyState !== EventSource.CLOSED) return;
  askWhy(state);
  state.timer = setTimeout(() => open(state), state.retry);
  state.retry = Math.min(state.retry * 2, LAST_RETRY_MILLIS);
}

/** An EventSource keeps the server's answer to itself: a plain question finds out, and leads to the sign-in where there is no session. */
async function askWhy(state) {
  try {
    const job = await get(`/jobs/${encodeURIComponent(state.id)}`);
    if (!state.closed) state.listener.event({ name: 'snapshot', job });
  } catch (problem) {
    if (problem.status !== 0 && problem.status !== 401 && !state.closed) console.warn(`no live events: ${problem.message}`);
  }
}
