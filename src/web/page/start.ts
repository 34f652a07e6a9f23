import type { Backend } from './backend.js';
import { h } from './dom.js';
import { Router } from './router.js';
import { Shell } from './shell.js';
import { watchTheme } from './theme.js';

/** Starts the page with a place that its answers come from. */
export async function start(backend: Backend): Promise<void> {
  watchTheme(() => {});
  const { query } = new Router(backend.addresses, '', () => {}).place;
  try {
    const [about, runs] = await Promise.all([backend.about(query), backend.runs()]);
    await new Shell(backend, { about, hasRuns: runs !== null }).start();
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    document.body.append(h('p', { class: 'problem', role: 'alert' }, text));
  }
}
