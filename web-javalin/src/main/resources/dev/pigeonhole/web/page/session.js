// The tabs of a browser have one session: what one of them opens, the others learn of.

const CHANNEL = 'pigeonhole-session';

/** Tells the other tabs that there is a session. */
export function tellSignedIn() {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage('signed in');
  channel.close();
}

/** Calls `act` when another tab has opened a session. Returns what ends that. */
export function whenSignedIn(act) {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = act;
  return () => channel.close();
}
