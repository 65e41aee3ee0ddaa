// Elements without markup: text goes in as text, so a row of a file can never become part of the page.

/** @typedef {Node | string | number | null | undefined | false | Array<any>} Child */

const SVG = 'http://www.w3.org/2000/svg';
const AS_PROPERTY = new Set(['value', 'checked', 'disabled', 'hidden', 'selected', 'indeterminate', 'open', 'readOnly', 'multiple', 'required', 'tabIndex', 'textContent']);

/**
 * Makes an element. Properties that begin with `on` are listeners, `style` is an object, `data` are data attributes; what is
 * null, undefined or false is left out.
 * @param {string} tag
 * @param {Record<string, any> | null} [props]
 * @param {...Child} children
 * @returns {any}
 */
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  set(node, props || {});
  append(node, children);
  return node;
}

/** As `h`, for drawings. */
export function svg(tag, props, ...children) {
  const node = document.createElementNS(SVG, tag);
  set(node, props || {});
  append(node, children);
  return node;
}

/** Puts the children in the place of what the node holds. Returns the node. */
export function replace(node, ...children) {
  node.replaceChildren();
  append(node, children);
  return node;
}

/** The first element with that id in the page, or null. */
export function byId(id) {
  return document.getElementById(id);
}

let ids = 0;

/** An id that no other element of the page has. */
export function freshId(prefix) {
  ids += 1;
  return prefix + '-' + ids;
}

function append(node, children) {
  for (const child of children) {
    if (Array.isArray(child)) {
      append(node, child);
    } else if (child instanceof Node) {
      node.appendChild(child);
    } else if (child !== null && child !== undefined && child !== false) {
      node.appendChild(document.createTextNode(String(child)));
    }
  }
}

function set(node, props) {
  for (const [name, value] of Object.entries(props)) {
    if (value !== null && value !== undefined && (value !== false || AS_PROPERTY.has(name))) {
      setOne(node, name, value);
    }
  }
}

function setOne(node, name, value) {
  if (name.startsWith('on')) {
    node.addEventListener(name.slice(2), value);
  } else if (name === 'style') {
    for (const [key, text] of Object.entries(value)) {
      node.style.setProperty(key, String(text));
    }
  } else if (name === 'data') {
    Object.assign(node.dataset, value);
  } else if (name === 'href' && !ownAddress(String(value))) {
    throw new Error('not an address of this page: ' + value);
  } else if (AS_PROPERTY.has(name) && name in node) {
    node[name] = value;
  } else {
    node.setAttribute(name === 'className' ? 'class' : name, value === true ? '' : String(value));
  }
}

// Links lead to this server only.
function ownAddress(address) {
  return /^(#|\?|\/(?!\/))/.test(address);
}
