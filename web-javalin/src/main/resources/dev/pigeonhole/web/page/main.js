// Starts the page: session, header, routes.

import * as api from './api.js';
import { byId } from './dom.js';
import { createKeys } from './keys.js';
import { createRouter } from './router.js';
import { tellSignedIn } from './session.js';
import { showShell } from './shell.js';
import { applyTheme } from './theme.js';
import { announce, toast } from './ui.js';
import { t } from './words.js';

/** Pages by address; each is loaded when first shown. */
const ROUTES = [
  { pattern: '/', load: () => import('./pages/jobs.js') },
  { pattern: '/new', load: () => import('./pages/draft.js') },
  { pattern: '/new/{draft}', load: () => import('./pages/draft.js') },
  { pattern: '/settings', load: () => import('./pages/settings.js') },
  { pattern: '/sign-in', load: () => import('./pages/signin.js') },
  { pattern: '/jobs/{id}', load: () => import('./pages/job.js') },
  { pattern: '/jobs/{id}/rows', load: () => import('./pages/rows.js') },
  { pattern: '/jobs/{id}/review', load: () => import('./pages/review.js') },
  { pattern: '/jobs/{id}/failures', load: () => import('./pages/failures.js') },
  { pattern: '/jobs/{id}/quality', load: () => import('./pages/quality.js') },
  { pattern: '/jobs/{id}/log', load: () => import('./pages/log.js') },
  { pattern: '/jobs/{id}/setup', load: () => import('./pages/setup.js') },
];

applyTheme();
start();

async function start() {
  const app = createApp();
  const main = byId('main');
  app.router = createRouter(main, ROUTES, () => import('./pages/missing.js'), app);
  showShell(app);
  api.onSignInNeeded(() => signIn(app));
  app.keys.everywhere([
    { keys: 'g j', words: t('keys.jobs'), run: () => app.router.go('/'), single: true },
    { keys: 'g n', words: t('keys.new'), run: () => app.router.go('/new'), single: true },
  ]);
  if (!(await isSignedIn())) {
    turnToSignIn();
  }
  await app.router.start();
}

/** What pages get: the router, the keys, and what the server says about itself. */
function createApp() {
  let meta = null;
  return {
    router: null,
    keys: createKeys(),
    toast,
    announce,
    title: (text) => { document.title = text ? text + ' · ' + t('app.name') : t('app.name'); },
    meta: ({ fresh = false } = {}) => {
      if (fresh || !meta) {
        meta = api.get('/meta').catch((problem) => { meta = null; throw problem; });
      }
      return meta;
    },
  };
}

// The link that the server prints carries the token in its fragment, which no server ever sees.
async function isSignedIn() {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  try {
    if (token !== null) {
      history.replaceState(null, '', location.pathname + location.search);
      await api.post('/session', { token });
      tellSignedIn();
    }
    return (await api.get('/session')).authenticated;
  } catch (problem) {
    return problem.status !== 401 && problem.status !== 429; // of anything else the page itself tells
  }
}

function turnToSignIn() {
  if (location.pathname !== '/sign-in') {
    history.replaceState(null, '', signInAddress());
  }
}

function signIn(app) {
  if (location.pathname !== '/sign-in') {
    app.router.go(signInAddress(), { replace: true });
  }
}

function signInAddress() {
  return '/sign-in?back=' + encodeURIComponent(location.pathname + location.search + location.hash);
}
