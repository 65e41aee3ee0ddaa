// All copy of the page, in one flat bundle, so that it can be read, checked and translated in one place.

import { number } from './format.js';

const LANGUAGE = document.documentElement.lang || 'en';
const plural = new Intl.PluralRules(LANGUAGE);

/** @type {Record<string, string | Record<string, string>>} */
const words = {};

/** Adds copy: texts with `{names}` in them, or an object of such texts by plural form of `{n}`. */
export function register(bundle) {
  Object.assign(words, bundle);
}

/**
 * The copy of a key, with its `{names}` filled in. Numbers are written as people read them.
 * @param {string} key
 * @param {Record<string, any>} [values]
 * @returns {string}
 */
export function t(key, values = {}) {
  const found = words[key];
  if (found === undefined) {
    return key;
  }
  const text = typeof found === 'string' ? found : found[plural.select(values.n)] || found.other;
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === 'number' ? number(value) : String(value);
  });
}

/** Whether there is copy for the key. */
export function has(key) {
  return words[key] !== undefined;
}

register({
  'app.name': 'Pigeonhole',
  'nav.label': 'Main',
  'nav.jobs': 'Jobs',
  'nav.settings': 'Settings',
  'nav.new': 'New job',
  'nav.keys': 'Keys',
  'footer.promise': 'Runs on this machine. Rows leave it only when you choose a language model and press Try or Run.',
  'theme.system': 'Theme: system',
  'theme.light': 'Theme: light',
  'theme.dark': 'Theme: dark',

  'common.loading': 'Loading…',
  'common.close': 'Close',
  'common.cancel': 'Cancel',
  'common.dismiss': 'Dismiss',
  'common.retry': 'Try again',
  'common.none': 'none',
  'common.more': 'More',
  'common.undo': 'Undo',
  'confirm.type': 'Type “{name}” to confirm',

  'chart.table': 'Show as table',
  'chart.all': 'Show all {n}',
  'chart.fewer': 'Show fewer',

  'keys.title': 'Keyboard shortcuts',
  'keys.help': 'Show this list',
  'keys.jobs': 'Go to the jobs',
  'keys.new': 'New job',
  'keys.off': 'Shortcuts of a single key are switched off. Switch them on under Settings.',

  'state.queued': 'Queued',
  'state.running': 'Running',
  'state.pausing': 'Pausing',
  'state.paused': 'Paused',
  'state.completed': 'Done',
  'state.completed_with_failures': 'Done, some failed',
  'state.failed': 'Failed',
  'state.interrupted': 'Interrupted',
  'state.categorized': 'Categorized',
  'state.unmatched': 'No category fits',
  'state.skipped': 'Skipped, no text',
  'state.waiting': 'Waiting',
  'state.working': 'Working',
  'state.done': 'Done',
  'state.draft': 'Draft',
  'state.error': 'Error',
  'state.warning': 'Warning',
  'state.hint': 'Hint',

  'problem.noAnswer': 'The server does not answer',
  'problem.noAnswerDetail': 'It may have been stopped. Nothing that was saved is lost. Start it again with “pigeonhole serve”, then try again.',
  'problem.unexpected': 'Something went wrong',
  'problem.status': 'The server answered with code {n}.',
  'problem.suggestion': 'Did you mean “{name}”?',

  'jobs.title': 'Jobs',
  'jobs.filters': 'Which jobs are shown',
  'jobs.search': 'Search jobs',
  'jobs.show.all': 'All',
  'jobs.show.running': 'Running',
  'jobs.show.attention': 'Needs attention',
  'jobs.show.done': 'Done',
  'jobs.noMatch': 'No jobs match.',
  'jobs.clear': 'Clear filters',
  'jobs.emptyTitle': 'Categorize your first file',
  'jobs.emptyText': 'Drop a CSV here or choose one. Nothing is sent to a model until you press Try or Run.',
  'jobs.emptySample': 'The sample: {title}, {n} categories. It runs offline and costs nothing.',
  'jobs.space': '{used} of {of} of storage used.',
  'jobs.offline': 'offline',
  'jobs.elsewhere': 'run by another program, such as the command line',
  'jobs.failed': { one: '{n} row failed', other: '{n} rows failed' },
  'jobs.stopped': 'Stopped',
  'jobs.rows': { one: '{n} row', other: '{n} rows' },
  'jobs.doneOf': '{done} of {n} rows',
  'jobs.progressOf': 'Progress of {name}',
  'jobs.unmatched': { one: '{n} fits no category', other: '{n} fit no category' },
  'jobs.skipped': { one: '{n} without text', other: '{n} without text' },
  'jobs.reviewed': { one: '{n} reviewed', other: '{n} reviewed' },
  'jobs.left': 'about {time} left',
  'jobs.wait': 'Waiting until {time}: {text}',
  'jobs.stoppedServer': 'The server was stopped; resume goes on',
  'jobs.reason.USER': 'Paused by you',
  'jobs.reason.CANCELLED': 'Stopped by you; what is done is kept',
  'jobs.reason.BUDGET': 'The money limit is reached',
  'jobs.reason.PROVIDER_UNAVAILABLE': 'The provider cannot be reached',
  'jobs.reason.KEY_MISSING': 'No API key was found',
  'jobs.reason.KEY_REJECTED': 'The provider rejected the key',
  'jobs.reason.QUOTA': 'The provider account has no credit left',
  'jobs.reason.DRIFT': 'Known rows were answered wrongly',
  'jobs.fix': 'Fix failures',
  'jobs.raise': 'Raise limit',
  'jobs.resume': 'Resume',
  'jobs.pause': 'Pause',
  'jobs.download': 'Download',
  'jobs.downloadExcel': 'Download for Excel',
  'jobs.downloadPartial': 'Download what is done',
  'jobs.openRows': 'Show the rows',
  'jobs.openSetup': 'Show the settings',
  'jobs.again': 'Run again…',
  'jobs.delete': 'Delete…',
  'jobs.moreOf': 'More about {name}',
  'jobs.drafts': 'Not started yet',
  'jobs.unnamedDraft': 'New job',
  'jobs.draftReady': 'Ready to run',
  'jobs.continue': 'Continue',
  'jobs.discard': 'Discard',
  'jobs.discardOf': 'Discard “{name}”?',
  'jobs.discardText': 'The uploaded file and everything that was set are removed.',
  'jobs.discarded': 'The draft is gone.',
  'delete.title': 'Delete “{name}”?',
  'delete.text': { one: 'The uploaded file, {n} finished row and its output are removed. This cannot be undone. Files that the command line was given stay.', other: 'The uploaded file, {n} finished rows and their output are removed. This cannot be undone. Files that the command line was given stay.' },
  'delete.do': 'Delete job',
  'delete.done': '“{name}” is deleted.',

  'missing.title': 'There is no such page',
  'missing.text': 'The address may be misspelt, or what it showed was deleted.',
  'missing.jobs': 'Show the jobs',

  'signin.title': 'Open the link from the terminal',
  'signin.lead': 'This page belongs to whoever started it. “pigeonhole serve” prints a link with a token in it: open that link, or paste the link or the token here.',
  'signin.how': 'The token changes with every start of the server; an old link does not open it.',
  'signin.token': 'Link or token',
  'signin.hint': 'It is sent to this server only and kept nowhere.',
  'signin.do': 'Open',

  'provider.free': 'Free. Nothing leaves this machine.',
  'provider.key': 'Key …{ends} found. Rows are sent to {host}.',
  'provider.noKey': 'No key found. Set OPENAI_API_KEY in the environment of the server and start it again.',
  'provider.notReady': 'It cannot be used yet.',

  'options.title': 'Settings',
  'options.providers': 'Who can categorize',
  'options.ready': 'Ready',
  'options.notReady': 'Not ready',
  'options.key': 'Key from {source}, ends in {ends}.',
  'options.host': 'Rows are sent to {host}.',
  'options.keysStay': 'Keys are read where the server was started and are never entered, shown or sent here.',
  'options.looks': 'Look and language',
  'options.theme': 'Theme',
  'options.theme.system': 'As the system',
  'options.theme.light': 'Light',
  'options.theme.dark': 'Dark',
  'options.language': 'The page is in English. Times follow this browser; rows and categories can be in any language.',
  'options.keys': 'Keyboard',
  'options.singleKeys': 'Shortcuts of a single key',
  'options.singleKeysHint': 'Switch them off if you use voice control or press keys by accident.',
  'options.showKeys': 'Show all shortcuts',
  'options.limits': 'Storage and limits',
  'options.space': 'Storage used',
  'options.used': '{used} of {of} used',
  'options.upload': 'Largest file',
  'options.running': 'Jobs at the same time',
  'options.queue': 'Jobs that may wait',
  'options.categories': 'Most categories of a job',
  'options.limitsSet': 'Limits are set where the server is started.',
  'options.about': 'About this server',
  'options.version': 'Version',
  'options.workspace': 'Workspace',
  'options.shared': 'The command line uses the same workspace: what is started there is listed here, and the other way round.',
  'options.signOut': 'Sign out',
});
