import { type Child, h } from './dom.js';

/** An entry of a menu. */
export interface MenuItem {
  readonly label: string;
  /** What it does; absent for an entry that is a link. */
  readonly run?: () => void;
  /** Where it leads. */
  readonly href?: string;
  /** Whether it is the one chosen, where the entries are choices. */
  readonly isChosen?: boolean;
  /** A second thing to do with it, such as to delete it. */
  readonly aside?: { readonly label: string; readonly run: () => void };
}

/** A button that opens a menu. Its entries are made anew each time it opens. */
export function menuButton(
  label: string,
  items: () => readonly MenuItem[] | Promise<readonly MenuItem[]>,
): HTMLElement {
  const button = h(
    'button',
    { type: 'button', class: 'menu-button', 'aria-haspopup': 'menu', 'aria-expanded': 'false' },
    label,
    h('span', { 'aria-hidden': 'true', class: 'soft' }, ' ▾'),
  );
  const open = async (): Promise<void> => {
    const { left, bottom } = button.getBoundingClientRect();
    openMenu(await items(), { label, x: left, y: bottom + 2, opener: button });
  };
  button.addEventListener('click', () => (isOpenFor(button) ? closeMenu() : void open()));
  button.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    void open();
  });
  return button;
}

/** How and where a menu opens. */
export interface MenuOptions {
  readonly label: string;
  readonly x: number;
  readonly y: number;
  /** Takes the focus again when it closes. */
  readonly opener: HTMLElement;
}

let current: { readonly element: HTMLElement; readonly opener: HTMLElement } | undefined;

function isOpenFor(opener: HTMLElement): boolean {
  return current?.opener === opener;
}

/** Closes the menu that is open, if there is one. */
function closeMenu({ isFocusKept = false }: { readonly isFocusKept?: boolean } = {}): void {
  if (current === undefined) return;
  const { element, opener } = current;
  current = undefined;
  element.remove();
  opener.setAttribute('aria-expanded', 'false');
  if (!isFocusKept) opener.focus();
}

/** Opens a menu; the arrow keys, Home, End and first letters move in it, Escape closes it. */
export function openMenu(items: readonly MenuItem[], { label, x, y, opener }: MenuOptions): void {
  closeMenu({ isFocusKept: true });
  const element = h('div', { class: 'menu', role: 'menu', 'aria-label': label }, items.map(itemElement));
  document.body.append(element);
  current = { element, opener };
  if (opener.getAttribute('aria-haspopup') === 'menu') opener.setAttribute('aria-expanded', 'true');
  const { width, height } = element.getBoundingClientRect();
  element.style.left = `${Math.max(4, Math.min(x, innerWidth - width - 8))}px`;
  element.style.top = `${Math.max(4, Math.min(y, innerHeight - height - 8))}px`;
  element.addEventListener('keydown', onKey);
  entries(element)[0]?.focus();
}

function itemElement({ label, run, href, isChosen, aside }: MenuItem): Child {
  const role = isChosen === undefined ? 'menuitem' : 'menuitemradio';
  const props = {
    role,
    tabindex: '-1',
    class: 'menu-item',
    'aria-checked': isChosen === undefined ? undefined : String(isChosen),
  };
  const act = (what: () => void) => (event: Event) => {
    event.preventDefault();
    closeMenu();
    what();
  };
  const main =
    href === undefined
      ? h('button', { ...props, type: 'button', onclick: act(run ?? (() => {})) }, label)
      : h('a', { ...props, href, ...(run === undefined ? {} : { onclick: act(run) }) }, label);
  if (aside === undefined) return main;
  const other = h(
    'button',
    { role: 'menuitem', tabindex: '-1', type: 'button', class: 'menu-aside', onclick: act(aside.run) },
    aside.label,
  );
  return h('div', { class: 'menu-pair', role: 'none' }, main, other);
}

function entries(element: HTMLElement): HTMLElement[] {
  return [...element.querySelectorAll<HTMLElement>('[role^=menuitem]')];
}

function onKey(this: HTMLElement, event: KeyboardEvent): void {
  const all = entries(this);
  // Cast: the focus is on one of the entries while a menu is open.
  const at = all.indexOf(document.activeElement as HTMLElement);
  const to = nextEntry(event.key, at, all);
  if (event.key === 'Escape') closeMenu();
  else if (event.key === 'Tab') closeMenu();
  else if (to !== undefined) all[to]?.focus();
  else return;
  event.stopPropagation();
  if (event.key !== 'Tab') event.preventDefault();
}

function nextEntry(key: string, at: number, all: readonly HTMLElement[]): number | undefined {
  if (key === 'ArrowDown') return (at + 1) % all.length;
  if (key === 'ArrowUp') return (at - 1 + all.length) % all.length;
  if (key === 'Home') return 0;
  if (key === 'End') return all.length - 1;
  if (key.length !== 1 || key === ' ') return undefined;
  const order = [...all.keys()].map((i) => (at + 1 + i) % all.length);
  return order.find((i) => all[i]?.textContent?.toLowerCase().startsWith(key.toLowerCase()));
}

addEventListener('pointerdown', (event) => {
  if (current === undefined || !(event.target instanceof Node)) return;
  if (!current.element.contains(event.target) && !current.opener.contains(event.target))
    closeMenu({ isFocusKept: true });
});
