// Live events of a job. A browser has one connection for each job, however many tabs look at it: a Web Lock chooses the tab that
// holds it, the others listen to that tab. Six connections are all a browser gives to a site, so at most four jobs are watched
// through one; the tabs of any further job ask every few seconds.
import { eventSource } from './stream-source.js';

const POLL_MILLIS = 5000;
const PLACES = 4;

/**
 * @typedef {{mode: 'starting' | 'live' | 'lost' | 'paused' | 'polling', at: number}} Live how fresh the numbers are; `at` is when
 *     something was last heard, in milliseconds
 * @typedef {{name: string, job: any, failure?: any, notice?: string, resync?: boolean}} JobEvent
 * @typedef {{event: (event: JobEvent) => void, live: (live: Live) => void}} Listener
 * @typedef {{pause: () => void, resume: () => void, close: () => void}} Watch
 */

/**
 * Watches a job until closed.
 *
 * @param {string} id of the job
 * @param {Listener} listener
 * @returns {Watch}
 */
export function watchJob(id, listener) {
  const outlet = newOutlet(listener);
  const close = navigator.locks ? shareOneConnection(id, outlet) : connectWhileSeen(id, outlet);
  return {
    pause: outlet.pause,
    resume: outlet.resume,
    close: () => {
      outlet.shut();
      close();
    },
  };
}

/** What comes in goes on to the listener, but not while paused: then the last of it waits. */
function newOutlet(listener) {
  let paused = false;
  let shut = false;
  let held = null;
  let live = { mode: 'starting', at: Date.now() };
  const say = () => {
    if (!shut) listener.live(paused ? { mode: 'paused', at: live.at } : live);
  };
  return {
    event(event) {
      if (shut) return;
      if (paused) held = event;
      else listener.event(event);
    },
    live(next) {
      live = next;
      if (!paused) say();
    },
    pause() {
      paused = true;
      say();
    },
    resume() {
      paused = false;
      say();
      if (held) listener.event(held);
      held = null;
    },
    shut() {
      shut = true;
    },
  };
}

function shareOneConnection(id, outlet) {
  let leave = takePart(id, outlet);
  // A page that the browser keeps for the way back must not keep the line from the other tabs.
  const hidden = () => leave();
  const shown = (event) => {
    if (event.persisted) leave = takePart(id, outlet);
  };
  addEventListener('pagehide', hidden);
  addEventListener('pageshow', shown);
  return () => {
    removeEventListener('pagehide', hidden);
    removeEventListener('pageshow', shown);
    leave();
  };
}

function takePart(id, outlet) {
  const channel = new BroadcastChannel(`pigeonhole-job-${id}`);
  const stop = new AbortController();
  channel.onmessage = ({ data }) => {
    if (data.kind === 'event') outlet.event(data.event);
    else if (data.kind === 'live') outlet.live(data.live);
  };
  channel.postMessage({ kind: 'hello' });
  whenFirst(`pigeonhole-job-${id}`, stop.signal, () => lead(id, outlet, channel, stop.signal));
  return () => {
    stop.abort();
    channel.close();
  };
}

/** Holds the lock from when this tab gets it until the signal. */
function whenFirst(name, signal, begin) {
  navigator.locks
    .request(
      name,
      { signal },
      () =>
        new Promise((done) => {
          signal.addEventListener('abort', done, { once: true });
          begin();
        }),
    )
    .catch((error) => {
      if (error.name !== 'AbortError') throw error;
    });
}

/** The tab that holds the connection tells the others what it hears, and a tab that comes later what it heard last. */
async function lead(id, outlet, channel, signal) {
  let last = null;
  let live = null;
  const tell = (message) => {
    if (!signal.aborted) channel.postMessage(message);
  };
  const listener = {
    event(event) {
      last = event;
      outlet.event(event);
      tell({ kind: 'event', event });
    },
    live(next) {
      live = next;
      outlet.live(next);
      tell({ kind: 'live', live: next });
    },
  };
  channel.onmessage = ({ data }) => {
    if (data.kind !== 'hello') return;
    if (live) tell({ kind: 'live', live });
    if (last) tell({ kind: 'event', event: last });
  };
  const free = await takePlace(signal);
  if (signal.aborted) return;
  const source = free ? eventSource(id, listener) : poll(id, listener);
  signal.addEventListener('abort', source.close, { once: true });
}

/** One of the few places for a connection, held until the signal; false if all are taken. */
async function takePlace(signal) {
  for (let place = 0; place < PLACES; place++) {
    if (await tryPlace(`pigeonhole-stream-${place}`, signal)) return true;
  }
  return false;
}

function tryPlace(name, signal) {
  return new Promise((answer) => {
    navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      answer(lock !== null);
      return (
        lock &&
        new Promise((done) => {
          if (signal.aborted) done();
          signal.addEventListener('abort', done, { once: true });
        })
      );
    });
  });
}

/** Where there are no locks (plain http on another host than localhost): a tab that nobody sees gives its connection back. */
function connectWhileSeen(id, outlet) {
  let source = null;
  const choose = () => {
    source?.close();
    source = document.hidden ? poll(id, outlet) : eventSource(id, outlet);
  };
  document.addEventListener('visibilitychange', choose);
  choose();
  return () => {
    document.removeEventListener('visibilitychange', choose);
    source.close();
  };
}

/** Asks for the job every few seconds. */
function poll(id, listener) {
  const ask = async () => {
    try {
      const answer = await fetch(`/api/v1/jobs/${encodeURIComponent(id)}`, { headers: { Accept: 'application/json' } });
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      listener.event({ name: 'snapshot', job: await answer.json() });
      listener.live({ mode: 'polling', at: Date.now() });
    } catch {
      listener.live({ mode: 'lost', at: heard });
      return;
    }
    heard = Date.now();
  };
  let heard = Date.now();
  const timer = setInterval(ask, POLL_MILLIS);
  ask();
  return { close: () => clearInterval(timer) };
}
