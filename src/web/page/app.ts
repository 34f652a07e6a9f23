import type { AboutAnswer } from '../answers.js';
import type { Theme } from '../flame-colors.js';
import type { Backend } from './backend.js';
import type { Place, Router } from './router.js';

/** What views may use. */
export interface App {
  readonly backend: Backend;
  readonly router: Router;
  /** Null where there are runs only. */
  readonly about: AboutAnswer | null;
  readonly theme: Theme;
  /** The search box as a test, undefined where it is empty. */
  readonly search: ((text: string) => boolean) | undefined;
  /** Says something to those who cannot see it, and shows it at the bottom. */
  say(text: string): void;
  /** Shows a problem. */
  fail(error: unknown): void;
  /** Opens the menu of a function. */
  menuOf(name: string, at: MenuPlace): void;
}

/** Where a menu opens: at a point of the window, and where the focus returns to. */
export interface MenuPlace {
  readonly x: number;
  readonly y: number;
  readonly opener: HTMLElement;
}

/** A view of the page. */
export interface View {
  readonly element: HTMLElement;
  /** Shows a place. A later call may come before it is done: then only that counts. */
  show(place: Place, isLatest: () => boolean): Promise<void>;
  /** What is searched for, or the theme, has changed. */
  refresh?(): void;
  /** Enter in the search box; what it does is the app's where it is absent. */
  submitSearch?(text: string): void;
  /** A picture of it as SVG, for the download. */
  svg?(): string | undefined;
  /** It is no longer shown. */
  hide?(): void;
}
