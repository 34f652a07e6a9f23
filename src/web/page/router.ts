import { filterLetters, pivotLetter, viewLetters, zoomLetter } from '../query.js';

/** Where a page is: which view, and what of it. */
export interface Place {
  /** One of `pageNames`. */
  readonly page: string;
  readonly query: URLSearchParams;
}

/** Letters to set, or to take away where the value is null. */
export type Changes = Readonly<Record<string, string | null>>;

const kept: readonly string[] = [...Object.values(filterLetters), ...Object.values(viewLetters)];

/** The place that the address says; `first` where it names no page. */
export function placeOf(addresses: 'path' | 'hash', first: string): Place {
  const { pathname, search, hash } = location;
  const [page = '', query = ''] =
    addresses === 'path' ? [pathname.replace(/^\/ui\//, ''), search.slice(1)] : hash.slice(1).split('?');
  return { page: page === '' ? first : page, query: new URLSearchParams(query) };
}

/** Keeps the place in the address, so that Back and links work. */
export class Router {
  readonly #addresses: 'path' | 'hash';
  readonly #first: string;
  readonly #onPlace: (place: Place) => void;

  /** @param first - the page to show where the address names none */
  constructor(addresses: 'path' | 'hash', first: string, onPlace: (place: Place) => void) {
    this.#addresses = addresses;
    this.#first = first;
    this.#onPlace = onPlace;
    addEventListener('popstate', () => onPlace(this.place));
    if (addresses === 'hash') addEventListener('hashchange', () => onPlace(this.place));
  }

  get place(): Place {
    return placeOf(this.#addresses, this.#first);
  }

  /**
   * The address of a page, with all that filters and chooses what is shown now. What the view is about comes along to
   * pages that are about something, the box that is zoomed into only stays on its page while nothing else changes.
   */
  address(page: string, changes: Changes = {}): string {
    const now = this.place;
    const query = new URLSearchParams();
    const letters = [...kept, ...(page === now.page ? [pivotLetter] : [])];
    for (const letter of letters) {
      const value = now.query.get(letter);
      if (value !== null) query.set(letter, value);
    }
    for (const [letter, value] of Object.entries(changes)) {
      if (value === null) query.delete(letter);
      else query.set(letter, value);
    }
    if (query.get(pivotLetter) === '') query.delete(pivotLetter);
    const text = query.toString() === '' ? page : `${page}?${query}`;
    return this.#addresses === 'path' ? `/ui/${text}` : `#${text}`;
  }

  /** Goes to a page; Back returns to this one. */
  go(page: string, changes: Changes = {}): void {
    this.follow(this.address(page, changes));
  }

  /** Goes to an address that `address` has made. */
  follow(address: string): void {
    history.pushState(null, '', address);
    this.#onPlace(this.place);
  }

  /** Zooms: the page stays, one more place to come back to. */
  zoom(path: readonly number[]): void {
    const now = this.place;
    const changes = { [pivotLetter]: now.query.get(pivotLetter), [zoomLetter]: path.join('.') || null };
    this.go(now.page, changes);
  }
}
