// Every view is an address. Pages are loaded when they are first shown.

/**
 * @typedef {{params: Record<string, string>, query: URLSearchParams, hash: string}} Place
 * @typedef {(main: HTMLElement, place: Place, app: any) => any} Show returns nothing or what to call when the page is left
 * @typedef {{pattern: string, load: () => Promise<{show: Show}>}} Route
 */

/**
 * @param {HTMLElement} main where pages are shown
 * @param {Route[]} routes the first that fits is shown
 * @param {() => Promise<{show: Show}>} missing the page for an address that none fits
 * @param {any} app given to each page
 */
export function createRouter(main, routes, missing, app) {
  const compiled = routes.map((route) => ({ match: matcher(route.pattern), load: route.load }));
  let leave = null;
  let shown = 0;
  let current = '';

  async function show(focus) {
    const turn = (shown += 1);
    current = location.pathname + location.search;
    const { route, params } = find(compiled, location.pathname) || { route: { load: missing }, params: {} };
    const page = await route.load();
    if (turn !== shown) {
      return;
    }
    await left();
    main.replaceChildren();
    main.removeAttribute('class');
    app.keys.clear();
    const place = { params, query: new URLSearchParams(location.search), hash: location.hash.slice(1) };
    const cleanup = await page.show(main, place, app);
    if (turn !== shown) {
      call(cleanup);
      return;
    }
    leave = cleanup;
    document.dispatchEvent(new CustomEvent('page-shown'));
    if (focus) {
      focusHeading(main);
    }
  }

  async function left() {
    const cleanup = leave;
    leave = null;
    await call(cleanup);
  }

  /** Shows another address of the page. */
  function go(url, { replace = false } = {}) {
    history[replace ? 'replaceState' : 'pushState'](null, '', url);
    window.scrollTo(0, 0);
    return show(true);
  }

  /** Changes the query of the address without showing the page anew: for filters. */
  function setQuery(query, { push = false } = {}) {
    const params = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      if (value !== null && value !== undefined && value !== '' && value !== false) {
        params.set(name, String(value));
      }
    }
    const text = params.toString();
    history[push ? 'pushState' : 'replaceState'](null, '', location.pathname + (text ? '?' + text : '') + location.hash);
    current = location.pathname + location.search;
  }

  /** Gives the shown page another address, without showing it anew: for a draft that has just been made. */
  function rename(url) {
    history.replaceState(null, '', url);
    current = location.pathname + location.search;
  }

  function start() {
    document.addEventListener('click', (event) => followed(event, go));
    window.addEventListener('popstate', () => {
      if (location.pathname + location.search !== current) {
        show(true); // a changed fragment alone is the page's own business
      }
    });
    return show(false);
  }

  return { start, go, setQuery, rename, again: () => show(false) };
}

function find(compiled, path) {
  for (const route of compiled) {
    const params = route.match(path);
    if (params) {
      return { route, params };
    }
  }
  return null;
}

function matcher(pattern) {
  const names = [];
  const source = pattern.replace(/\{(\w+)\}/g, (whole, name) => {
    names.push(name);
    return '([^/]+)';
  });
  const regex = new RegExp('^' + source + '/?$');
  return (path) => {
    const found = regex.exec(path);
    return found && Object.fromEntries(names.map((name, at) => [name, decoded(found[at + 1])]));
  };
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch (malformed) {
    return text; // such an address fits no page's data, so the page says that there is none
  }
}

function followed(event, go) {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
    return;
  }
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (!link || link.hasAttribute('download') || link.target || !isPage(link)) {
    return;
  }
  event.preventDefault();
  go(link.href);
}

function isPage(link) {
  const here = link.pathname === location.pathname && link.search === location.search;
  return link.origin === location.origin && !link.pathname.startsWith('/api/') && !(here && link.hash);
}

function focusHeading(main) {
  const heading = main.querySelector('h1');
  if (heading) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
}

async function call(cleanup) {
  if (typeof cleanup === 'function') {
    await cleanup();
  }
}
