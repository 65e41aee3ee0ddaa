// The one place that talks to the server. Paths are those of docs/api.md, without their base.

const BASE = '/api/v1';

/** An answer that is not a success, as RFC 9457 tells it; status 0 means that there was no answer at all. */
export class ApiProblem extends Error {
  /** @param {{status: number, type?: string, title?: string, detail?: string, [more: string]: any}} told */
  constructor(told) {
    super(told.title || 'Problem ' + told.status);
    this.name = 'ApiProblem';
    this.status = told.status;
    this.type = told.type || '';
    this.title = told.title || '';
    this.detail = told.detail || '';
    this.errors = told.errors || [];
    this.allowedActions = told.allowedActions || null;
    this.line = told.line || null;
    this.more = told;
  }

  /** Whether it is a problem of that type: `problem.is('stale-edit')`. */
  is(name) {
    return this.type === '/problems/' + name;
  }
}

let signInNeeded = () => {};

/** What to do when the server wants a session. */
export function onSignInNeeded(act) {
  signInNeeded = act;
}

/**
 * @param {string} path
 * @param {{query?: Record<string, any>, signal?: AbortSignal}} [options]
 * @returns {Promise<any>}
 */
export function get(path, options = {}) {
  return ask('GET', path, undefined, options);
}

/** @returns {Promise<any>} */
export function post(path, body = {}, options = {}) {
  return ask('POST', path, body, options);
}

/** @returns {Promise<any>} */
export function put(path, body, options = {}) {
  return ask('PUT', path, body, options);
}

/** @returns {Promise<any>} */
export function patch(path, body, options = {}) {
  return ask('PATCH', path, body, options);
}

/** @returns {Promise<any>} */
export function del(path, body, options = {}) {
  return ask('DELETE', path, body, options);
}

/** The address of something that the browser fetches by itself: a download or an event stream. */
export function address(path, query) {
  return BASE + path + queryText(query);
}

/**
 * Sends a file and tells how far it is.
 * @param {string} path
 * @param {Blob} file
 * @param {(sent: number, of: number) => void} progress
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export function upload(path, query, file, progress, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', address(path, query));
    request.setRequestHeader('Content-Type', 'text/csv');
    request.setRequestHeader('Accept', 'application/json');
    request.upload.addEventListener('progress', (event) => progress(event.loaded, event.total || file.size));
    request.addEventListener('load', () => {
      const body = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300) {
        resolve(body);
      } else {
        reject(problemOf(request.status, body));
      }
    });
    request.addEventListener('error', () => reject(noAnswer()));
    request.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')));
    if (signal) {
      signal.addEventListener('abort', () => request.abort());
    }
    request.send(file);
  });
}

async function ask(method, path, body, { query, signal, headers = {} }) {
  const response = await send(method, address(path, query), body, signal, headers);
  const told = parsed(await response.text());
  if (!response.ok) {
    throw problemOf(response.status, told);
  }
  return told;
}

async function send(method, url, body, signal, headers) {
  const init = { method, signal, credentials: 'same-origin', headers: { Accept: 'application/json', ...headers } };
  if (body !== undefined) {
    init.headers['Content-Type'] = 'application/json';
    init.body = JSON.stringify(body);
  }
  try {
    return await fetch(url, init);
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') {
      throw failure;
    }
    throw noAnswer();
  }
}

function problemOf(status, told) {
  if (status === 401) {
    signInNeeded();
  }
  return new ApiProblem({ ...(told && typeof told === 'object' ? told : {}), status });
}

function noAnswer() {
  return new ApiProblem({ status: 0, type: '/problems/no-answer' });
}

function parsed(text) {
  if (!text) {
    return null;
  }
  try {
    return JSON.parse(text);
  } catch (notJson) {
    return null; // a plain text error page: the status says what happened
  }
}

function queryText(query) {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query || {})) {
    if (value !== null && value !== undefined && value !== '') {
      params.append(name, String(value));
    }
  }
  const text = params.toString();
  return text ? '?' + text : '';
}
