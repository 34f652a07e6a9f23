import type { AboutAnswer } from '../answers.js';
import { filterLetters, pivotLetter, quotePattern, viewLetters } from '../query.js';
import type { App, MenuPlace, View } from './app.js';
import type { Backend } from './backend.js';
import { fill, h } from './dom.js';
import { FlameView } from './flame-view.js';
import { followed } from './function-links.js';
import { GraphView } from './graph-view.js';
import { showHelp } from './help-dialog.js';
import { type MenuItem, openMenu } from './menu.js';
import { PeekView } from './peek-view.js';
import { type Place, Router } from './router.js';
import { RunsView } from './runs-view.js';
import { searchTest } from './search-test.js';
import { ShellMenus } from './shell-menus.js';
import { SourceView } from './source-view.js';
import { TagsView } from './tags-view.js';
import { currentTheme, switchTheme, watchTheme } from './theme.js';
import { TopView } from './top-view.js';

const pageTitles: Readonly<Record<string, string>> = {
  flamegraph: 'Flame graph',
  graph: 'Graph',
  top: 'Top',
  peek: 'Peek',
  source: 'Source',
  tags: 'Tags',
  runs: 'Runs',
};

const makers: Readonly<Record<string, (app: App) => View>> = {
  flamegraph: (app) => new FlameView(app),
  graph: (app) => new GraphView(app),
  top: (app) => new TopView(app),
  peek: (app) => new PeekView(app),
  source: (app) => new SourceView(app),
  tags: (app) => new TagsView(app),
  runs: (app) => new RunsView(app),
};

/** The page around the views: menus, search, what is on. */
export class Shell implements App {
  readonly backend: Backend;
  readonly router: Router;
  about: AboutAnswer | null;
  readonly #hasRuns: boolean;
  readonly #views = new Map<string, View>();
  readonly #nav = h('nav', { 'aria-label': 'View' });
  readonly #chips = h('div', { class: 'chips' });
  readonly #main = h('main', { id: 'view', tabindex: '-1' });
  readonly #status = h('div', { class: 'status', role: 'status', 'aria-live': 'polite' });
  readonly #search: HTMLInputElement;
  readonly #searchProblem = h('p', {
    id: 'search-problem',
    class: 'search-problem',
    role: 'alert',
    hidden: true,
  });
  #searchTest: App['search'];
  #shown: { readonly page: string; readonly view: View } | undefined;
  #turn = 0;

  constructor(
    backend: Backend,
    { about, hasRuns }: { readonly about: AboutAnswer | null; readonly hasRuns: boolean },
  ) {
    this.backend = backend;
    this.about = about;
    this.#hasRuns = hasRuns;
    this.router = new Router(
      backend.addresses,
      about === null ? 'runs' : 'flamegraph',
      (place) => void this.show(place),
    );
    this.#search = h('input', {
      type: 'search',
      placeholder: 'Search regexp   /',
      'aria-label': 'Search, a regular expression',
      'aria-describedby': 'search-problem',
      spellcheck: 'false',
      autocomplete: 'off',
      title: 'Marks what matches; Enter: only what passes through it',
    });
  }

  get theme(): App['theme'] {
    return currentTheme();
  }

  get search(): App['search'] {
    return this.#searchTest;
  }

  /** Puts the page into the document and shows the place in its address. */
  async start(): Promise<void> {
    watchTheme(() => this.#shown?.view.refresh?.());
    document.title = `${this.about?.title ?? 'Runs'} – prof`;
    const theme = h(
      'button',
      {
        type: 'button',
        class: 'button icon',
        'aria-label': 'Dark or light',
        title: 'Dark or light',
        onclick: () => this.#switchTheme(),
      },
      '◐',
    );
    const help = h(
      'button',
      {
        type: 'button',
        class: 'button icon',
        'aria-label': 'Keys',
        title: 'Keys',
        onclick: () => showHelp(),
      },
      '?',
    );
    const menus =
      this.about === null
        ? null
        : h(
            'div',
            { class: 'menus' },
            new ShellMenus(this, {
              searchText: () => this.#search.value,
              svg: () => this.#shown?.view.svg?.(),
            }).buttons(),
          );
    const form = h('form', { class: 'search', role: 'search' }, this.#search, this.#searchProblem);
    const bar = h(
      'header',
      { class: 'head' },
      h('span', { class: 'brand' }, 'prof'),
      this.#nav,
      menus,
      form,
      theme,
      help,
    );
    const skip = h(
      'a',
      {
        class: 'skip',
        href: '#view',
        onclick: (event: Event) => {
          event.preventDefault();
          this.#main.focus();
        },
      },
      'Skip to the view',
    );
    document.body.append(skip, bar, this.#chips, this.#main, this.#status);
    this.#listen(form);
    await this.show(this.router.place);
  }

  say(text: string): void {
    this.#status.textContent = text;
  }

  fail(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    fill(this.#main, h('p', { class: 'problem', role: 'alert' }, text));
    this.#shown = undefined;
  }

  menuOf(name: string, { x, y, opener }: MenuPlace): void {
    const pattern = `^${quotePattern(name)}$`;
    const link = (label: string, page: string, letter: string): MenuItem => {
      const address = this.router.address(page, { [letter]: pattern });
      return { label, href: address, run: () => this.router.follow(address) };
    };
    const page = this.router.place.page;
    const items: MenuItem[] = [
      link('Source', 'source', pivotLetter),
      link('Peek: callers and callees', 'peek', pivotLetter),
      link('Flame graph of callers and callees', 'flamegraph', pivotLetter),
      link('Focus', page, filterLetters.focus),
      link('Ignore', page, filterLetters.ignore),
      link('Hide', page, filterLetters.hide),
      link('Show from', page, filterLetters.showFrom),
      { label: 'Copy the name', run: () => void navigator.clipboard?.writeText(name) },
    ];
    openMenu(items, { label: name, x, y, opener });
  }

  /** Shows a place. */
  async show(place: Place): Promise<void> {
    const turn = ++this.#turn;
    const isLatest = (): boolean => turn === this.#turn;
    const make = makers[place.page];
    if (make === undefined) {
      this.fail(new Error(`there is no page ${place.page}`));
      return;
    }
    this.#fillNav(place);
    const view = this.#views.get(place.page) ?? make(this);
    this.#views.set(place.page, view);
    try {
      this.#main.setAttribute('aria-busy', 'true');
      const about = this.#takeAbout(place, isLatest);
      if (this.#shown?.view !== view) this.#exchange(place.page, view);
      await Promise.all([about, view.show(place, isLatest)]);
    } catch (error) {
      if (isLatest()) this.fail(error);
    } finally {
      if (isLatest()) this.#main.removeAttribute('aria-busy');
    }
  }

  #exchange(page: string, view: View): void {
    this.#shown?.view.hide?.();
    this.#status.textContent = '';
    fill(this.#main, view.element);
    this.#shown = { page, view };
  }

  async #takeAbout({ query }: Place, isLatest: () => boolean): Promise<void> {
    if (this.about === null) return;
    const about = await this.backend.about(query);
    if (!isLatest() || about === null) return;
    this.about = about;
    this.#fillChips(about, query);
  }

  #fillNav(place: Place): void {
    const pages = [
      ...(this.about === null ? [] : ['flamegraph', 'graph', 'top', 'peek', 'source', 'tags']),
      ...(this.#hasRuns ? ['runs'] : []),
    ];
    const links = pages.map((page) => {
      const address = this.router.address(page);
      const isHere = page === place.page;
      return h(
        'li',
        {},
        h(
          'a',
          { href: address, 'aria-current': isHere ? 'page' : undefined, onclick: followed(this, address) },
          pageTitles[page],
        ),
      );
    });
    fill(this.#nav, h('ul', {}, links));
  }

  /** What is on: sample type, filters with a way to take each away, the profile and its base. */
  #fillChips(about: AboutAnswer, query: URLSearchParams): void {
    const type = about.sampleTypes[about.sampleIndex];
    const chips = about.filters.map(({ letter, name, text }) => {
      const address = this.router.address(this.router.place.page, { [letter]: '' });
      return h(
        'span',
        { class: 'chip' },
        `${name}=${text}`,
        h(
          'a',
          { href: address, 'aria-label': `Take away ${name}=${text}`, onclick: followed(this, address) },
          '×',
        ),
      );
    });
    const pivot = query.get(pivotLetter);
    const page = this.router.place.page;
    const away = this.router.address(page, { [pivotLetter]: null });
    const pivotChip =
      pivot === null || !['flamegraph', 'peek', 'source'].includes(page)
        ? null
        : h(
            'span',
            { class: 'chip pivot' },
            pivot,
            h(
              'a',
              { href: away, 'aria-label': `Show more than ${pivot}`, onclick: followed(this, away) },
              '×',
            ),
          );
    const labels = h(
      'details',
      { class: 'labels' },
      h('summary', {}, about.title),
      h('pre', {}, about.labels.join('\n')),
    );
    fill(
      this.#chips,
      labels,
      h('span', { class: 'type' }, type === undefined ? '' : `${type.type}`),
      this.#pickers(about, query),
      pivotChip,
      chips,
    );
  }

  /** Which of several profiles is shown, and which one is subtracted. */
  #pickers({ profiles, hasBase }: AboutAnswer, query: URLSearchParams): HTMLElement[] {
    if (hasBase || profiles.length < 2) return [];
    const picker = (label: string, letter: string, none: string): HTMLElement => {
      const chosen = query.get(letter) ?? '';
      const select = h(
        'select',
        {
          id: `pick-${letter}`,
          onchange: () => this.router.go(this.router.place.page, { [letter]: select.value || null }),
        },
        h('option', { value: '', selected: chosen === '' }, none),
        profiles.map((name, i) => h('option', { value: String(i), selected: chosen === String(i) }, name)),
      );
      return h('span', { class: 'picker' }, h('label', { for: `pick-${letter}` }, label), select);
    };
    return [
      picker('Profile', viewLetters.profile, 'all merged'),
      picker('less', viewLetters.base, 'nothing'),
    ];
  }

  #switchTheme(): void {
    switchTheme();
    this.#shown?.view.refresh?.();
  }

  /** What is wrong with the search, beside its box. */
  #showProblem(problem: string): void {
    if (problem === '') this.#search.removeAttribute('aria-invalid');
    else this.#search.setAttribute('aria-invalid', 'true');
    this.#searchProblem.hidden = problem === '';
    this.#searchProblem.textContent = problem;
  }

  #listen(form: HTMLFormElement): void {
    let timer = 0;
    const take = (): void => {
      const search = searchTest(this.#search.value);
      this.#showProblem(search !== undefined && 'problem' in search ? search.problem : '');
      this.#searchTest = search !== undefined && 'test' in search ? search.test : undefined;
      if (this.#searchTest === undefined) this.say('');
      this.#shown?.view.refresh?.();
    };
    this.#search.addEventListener('input', () => {
      clearTimeout(timer);
      timer = window.setTimeout(take, 150);
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const text = this.#search.value;
      clearTimeout(timer);
      take();
      if (!this.#searchProblem.hidden) return;
      this.#search.value = '';
      take();
      const view = this.#shown?.view;
      if (view?.submitSearch !== undefined) view.submitSearch(text);
      else if (text !== '') this.router.go(this.router.place.page, { [filterLetters.focus]: text });
    });
    addEventListener('keydown', (event) => this.#onKey(event));
  }

  #onKey(event: KeyboardEvent): void {
    const { target } = event;
    const isTyping = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
    if (
      isTyping ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      document.querySelector('dialog[open]') !== null
    )
      return;
    const links = [...this.#nav.querySelectorAll('a')];
    if (event.key === '/') this.#search.focus();
    else if (event.key === 't') this.#switchTheme();
    else if (event.key === '?') showHelp();
    else if (/^[1-7]$/.test(event.key) && links[Number(event.key) - 1] !== undefined)
      links[Number(event.key) - 1]?.click();
    else return;
    event.preventDefault();
  }
}
