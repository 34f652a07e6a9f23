/** What an element is made with: properties of its own, `on…` listeners, `data-…` and `aria-…` attributes. */
export type Props = Readonly<Record<string, unknown>>;

/** What goes into an element; texts are texts, never markup. */
export type Child = Node | string | null | undefined | readonly Child[];

/** An element. Attributes are set by name; `class`, `on…` with a function as its value, and `true` for a bare one. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === 'function') {
      // Cast: only listeners are functions here.
      element.addEventListener(name.slice(2), value as EventListener);
    } else element.setAttribute(name, value === true ? '' : String(value));
  }
  append(element, children);
  return element;
}

function append(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined) continue;
    // Cast: an array is the only child that is one.
    if (Array.isArray(child)) append(element, child as readonly Child[]);
    else element.append(child as Node | string);
  }
}

/** Puts other children into an element. */
export function fill(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren();
  append(element, children);
}

/** A bar as long as a share of its place, 0 to 1; styles cannot be written into markup here. */
export function bar(share: number): HTMLElement {
  const inside = h('span', { class: 'bar-inside' });
  inside.style.width = `${Math.min(100, Math.max(0, share * 100))}%`;
  return h('span', { class: 'bar', 'aria-hidden': 'true' }, inside);
}
