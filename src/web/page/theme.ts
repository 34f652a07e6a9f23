import type { Theme } from '../flame-colors.js';

const key = 'prof.theme';
const darkness = matchMedia('(prefers-color-scheme: dark)');

/** The theme: the one chosen by the switch, else that of the system. */
export function currentTheme(): Theme {
  const chosen = stored();
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return darkness.matches ? 'dark' : 'light';
}

/** Shows the theme; calls back when the system changes it. */
export function watchTheme(onChange: () => void): void {
  document.documentElement.dataset['theme'] = currentTheme();
  darkness.addEventListener('change', () => {
    document.documentElement.dataset['theme'] = currentTheme();
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
  document.documentElement.dataset['theme'] = currentTheme();
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
