import type { Theme } from '../flame-colors.js';

const key = 'prof.theme';
const darkness = matchMedia('(prefers-color-scheme: dark)');

/** The theme: the one chosen by the switch, else that of the system. */
export function currentTheme(): Theme {
  const chosen = stored();
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return darkness.matches ? 'dark' : 'light';
}

/** Shows the theme. */
export function showTheme(): void {
  document.documentElement.dataset['theme'] = currentTheme();
}

/** Follows the system when it changes its theme, and calls back. */
export function watchTheme(onChange: () => void): void {
  darkness.addEventListener('change', () => {
    showTheme();
    onChange();
  });
}

/** The other theme from now on. */
export function switchTheme(): void {
  const next = currentTheme() === 'light' ? 'dark' : 'light';
  try {
    // The system's own needs no choice, and then follows the system again.
    if ((next === 'dark') === darkness.matches) localStorage.removeItem(key);
    else localStorage.setItem(key, next);
  } catch {
    forced = next;
  }
  showTheme();
}

/** The choice where nothing can be stored, as in some browsers' private windows. */
let forced: Theme | undefined;

function stored(): string | null {
  if (forced !== undefined) return forced;
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
