// Light, dark, or as the system says. Kept in this browser only.

const STORED = 'pigeonhole.theme';
export const THEMES = ['system', 'light', 'dark'];

/** What was chosen: one of `THEMES`. */
export function theme() {
  const stored = localStorage.getItem(STORED);
  return THEMES.includes(stored) ? stored : 'system';
}

/** Applies what was chosen. */
export function applyTheme() {
  const chosen = theme();
  if (chosen === 'system') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = chosen;
  }
}

export function chooseTheme(chosen) {
  localStorage.setItem(STORED, chosen);
  applyTheme();
}

/** The next of the three; returns it. */
export function nextTheme() {
  const next = THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length];
  chooseTheme(next);
  return next;
}
