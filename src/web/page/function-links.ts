import { pivotLetter, quotePattern } from '../query.js';
import type { App } from './app.js';
import { h } from './dom.js';

/** A function's name as a link to its callers and callees, and a button for all else that can be done with it. */
export function functionLink(app: App, name: string): HTMLElement {
  const pattern = { [pivotLetter]: `^${quotePattern(bareName(name))}$` };
  const address = app.router.address('flamegraph', pattern);
  const link = h('a', { href: address, class: 'function-name', onclick: followed(app, address) }, name);
  const button = h(
    'button',
    {
      type: 'button',
      class: 'more',
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      'aria-label': `More about ${name}`,
    },
    '⋯',
  );
  button.addEventListener('click', () => {
    const { left, bottom } = button.getBoundingClientRect();
    app.menuOf(bareName(name), { x: left, y: bottom, opener: button });
  });
  return h('span', { class: 'function' }, link, button);
}

/** Without the file and line that finer granularities put behind a name. */
function bareName(name: string): string {
  return name.replace(/ \S*:\d+(?::\d+)?$/, '');
}

/** What a click on a link of the page does: no new page, unless the user wants one. */
export function followed(app: App, address: string): (event: MouseEvent) => void {
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    app.router.follow(address);
  };
}
