import type { Backend } from './backend.js';
import { h } from './dom.js';
import { placeOf } from './router.js';
import { Shell } from './shell.js';
import { showTheme } from './theme.js';

/** Starts the page with a place that its answers come from. */
export async function start(backend: Backend): Promise<void> {
  showTheme();
  const { query } = placeOf(backend.addresses, '');
  try {
    const [about, runs] = await Promise.all([backend.about(query), backend.runs()]);
    await new Shell(backend, { about, hasRuns: runs !== null }).start();
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    document.body.append(h('p', { class: 'problem', role: 'alert' }, text));
  }
}
