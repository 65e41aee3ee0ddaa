// Numbers, money and times as people read them. The server sends them raw.

const NONE = '—';
const LANGUAGE = document.documentElement.lang || 'en';
const whole = new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat(LANGUAGE, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const upToOneDigit = new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' });
const year = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });

/** `12,431`. */
export function number(n) {
  return isNumber(n) ? whole.format(n) : NONE;
}

/** `6.1M`, `489k`: for tokens. */
export function short(n) {
  if (!isNumber(n)) {
    return NONE;
  }
  const steps = [[1e9, 'G'], [1e6, 'M'], [1e3, 'k']];
  const step = steps.find(([size]) => n >= size);
  return step ? upToOneDigit.format(n / step[0]) + step[1] : whole.format(n);
}

/** A share of 0 to 1 or `done` of `total`, rounded down, so that 100% is never said too early. */
export function percent(done, total = 1) {
  if (!isNumber(done) || !isNumber(total) || total <= 0) {
    return NONE;
  }
  const value = (100 * done) / total;
  return value > 0 && value < 10 ? oneDigit.format(Math.floor(value * 10) / 10) + '%' : whole.format(Math.floor(value)) + '%';
}

/** `92.0%`, of a part of one; never rounded up to all, nor down to nothing. */
export function share(part) {
  if (!isNumber(part)) {
    return NONE;
  }
  const value = 100 * part;
  return oneDigit.format(value > 99.9 && value < 100 ? 99.9 : value > 0 && value < 0.1 ? 0.1 : value) + '%';
}

/** `$2.95`; `<$0.01`; with `exact`, `$0.0038`. An unknown price is a dash, never zero. */
export function money(text, { exact = false } = {}) {
  if (text === null || text === undefined || text === '') {
    return NONE;
  }
  const value = Number(text);
  if (!Number.isFinite(value)) {
    return NONE;
  }
  if (value > 0 && value < 0.01) {
    return exact ? '$' + value.toFixed(4) : '<$0.01';
  }
  return '$' + value.toLocaleString(LANGUAGE, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** `$2.60–$3.40`, or one amount if both read the same. */
export function moneyRange(low, high) {
  const from = money(low);
  const to = money(high);
  return from === to ? from : from + '–' + to;
}

/** `42 s`, `6 min`, `1 h 20 min`, of seconds. */
export function duration(seconds) {
  if (!isNumber(seconds)) {
    return NONE;
  }
  if (seconds < 59.5) {
    return Math.max(0, Math.round(seconds)) + ' s';
  }
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) {
    return minutes + ' min';
  }
  const rest = minutes % 60;
  return whole.format(Math.floor(minutes / 60)) + ' h' + (rest ? ' ' + rest + ' min' : '');
}

/** As `duration`, rounded so that it does not flicker: to 10 s, 1 min or 5 min. */
export function roughly(seconds) {
  if (!isNumber(seconds)) {
    return NONE;
  }
  const step = seconds < 60 ? 10 : seconds < 3600 ? 60 : 300;
  return duration(Math.max(step, Math.round(seconds / step) * step));
}

/** `214 rows/min` below ten rows a second, else `35 rows/s`. */
export function rate(perSecond) {
  if (!isNumber(perSecond)) {
    return NONE;
  }
  return perSecond < 10 ? whole.format(perSecond * 60) + ' rows/min' : whole.format(perSecond) + ' rows/s';
}

/** `8.4 MB`, in powers of ten. */
export function bytes(n) {
  if (!isNumber(n)) {
    return NONE;
  }
  const steps = [[1e9, ' GB'], [1e6, ' MB'], [1e3, ' kB']];
  const step = steps.find(([size]) => n >= size);
  return step ? upToOneDigit.format(n / step[0]) + step[1] : whole.format(n) + ' B';
}

/** `9:17` today, `4 May, 9:17` this year, `4 May 2025` before. */
export function time(iso, now = new Date()) {
  const at = new Date(iso);
  if (!iso || Number.isNaN(at.getTime())) {
    return NONE;
  }
  if (at.toDateString() === now.toDateString()) {
    return clock.format(at);
  }
  return (at.getFullYear() === now.getFullYear() ? day : year).format(at);
}

/** `2026-05-04 10:12:48 UTC`. */
export function utc(iso) {
  const at = new Date(iso);
  return !iso || Number.isNaN(at.getTime()) ? NONE : at.toISOString().slice(0, 19).replace('T', ' ') + ' UTC';
}

/** `0.93`. */
export function confidence(n) {
  return isNumber(n) ? n.toFixed(2) : NONE;
}

function isNumber(n) {
  return typeof n === 'number' && Number.isFinite(n);
}
