import { h } from './dom.js';

/** Shows which keys do what. */
export function showHelp(): void {
  const keys: readonly (readonly [string, string])[] = [
    ['/', 'search; Enter there: only what passes through it'],
    ['1 … 7', 'the views, from left to right'],
    ['arrows', 'in the flame graph: move between boxes'],
    ['Enter, Escape', 'zoom into a box, zoom out'],
    ['c', 'callers and callees of a box'],
    ['m', 'menu of a box or of a function of the graph'],
    ['+ − 0', 'in the graph: zoom'],
    ['t', 'dark or light'],
  ];
  const close = h(
    'button',
    { type: 'button', class: 'button primary', onclick: () => dialog.close() },
    'Close',
  );
  const dialog = h(
    'dialog',
    { class: 'dialog', 'aria-labelledby': 'help-title' },
    h('h2', { id: 'help-title' }, 'Keys'),
    h(
      'dl',
      { class: 'keys' },
      keys.map(([key, what]) => h('div', {}, h('dt', {}, h('kbd', {}, key)), h('dd', {}, what))),
    ),
    close,
  );
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
