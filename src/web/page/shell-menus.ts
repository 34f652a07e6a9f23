import type { ViewName } from '../answers.js';
import { filterLetters, pivotLetter, viewLetters, zoomLetter } from '../query.js';
import type { App } from './app.js';
import { askFor } from './ask-dialog.js';
import { h } from './dom.js';
import { type MenuItem, menuButton } from './menu.js';

const refinements: readonly {
  readonly filter: keyof typeof filterLetters;
  readonly title: string;
  readonly hint: string;
}[] = [
  { filter: 'focus', title: 'Focus', hint: 'Keeps samples that pass through a matching function or file.' },
  { filter: 'ignore', title: 'Ignore', hint: 'Drops samples that pass through a match.' },
  { filter: 'hide', title: 'Hide', hint: 'Takes out matching frames.' },
  { filter: 'show', title: 'Show', hint: 'Takes out frames that do not match.' },
  { filter: 'showFrom', title: 'Show from', hint: 'Takes out the callers of the first match.' },
  {
    filter: 'tagFocus',
    title: 'Tag focus',
    hint: 'Keeps samples with a matching label: a regular expression, key=regexp, or a range such as 4kb:.',
  },
  { filter: 'tagIgnore', title: 'Tag ignore', hint: 'Drops samples with a matching label.' },
];

/** What menus take from the page around them. */
export interface MenuSources {
  /** What the search box says. */
  searchText(): string;
  /** The picture that is shown, where it is one. */
  svg(): string | undefined;
}

/** The menus of the page: what is shown, what is left out, what is kept. */
export class ShellMenus {
  readonly #app: App;
  readonly #sources: MenuSources;

  constructor(app: App, sources: MenuSources) {
    this.#app = app;
    this.#sources = sources;
  }

  /** The buttons, from left to right. */
  buttons(): HTMLElement[] {
    return [
      menuButton('Sample', () => this.#sampleItems()),
      menuButton('Refine', () => this.#refineItems()),
      menuButton('Config', () => this.#configItems()),
      menuButton('Download', () => this.#downloadItems()),
    ];
  }

  #sampleItems(): MenuItem[] {
    const { page } = this.#app.router.place;
    return (this.#app.about?.sampleTypes ?? []).map(({ type, unit }, i) => ({
      label: `${type} (${unit})`,
      isChosen: i === this.#app.about?.sampleIndex,
      run: () => this.#app.router.go(page, { [viewLetters.sampleIndex]: type, [zoomLetter]: null }),
    }));
  }

  #refineItems(): MenuItem[] {
    const { page } = this.#app.router.place;
    const letters = Object.values(filterLetters);
    const ask = async ({ filter, title, hint }: (typeof refinements)[number]): Promise<void> => {
      const before = this.#app.about?.filters.find(({ letter }) => letter === filterLetters[filter])?.text;
      const value = before ?? (filter.startsWith('tag') ? '' : this.#sources.searchText());
      const label = filter.startsWith('tag') ? 'Label' : 'Regular expression';
      const text = await askFor({ title, hint, value, label, action: title });
      if (text !== undefined) this.#app.router.go(page, { [filterLetters[filter]]: text });
    };
    return [
      ...refinements.map((one) => ({ label: `${one.title}…`, run: () => void ask(one) })),
      {
        label: 'Reset',
        run: () =>
          this.#app.router.go(page, {
            ...Object.fromEntries(letters.map((letter) => [letter, this.#isGiven(letter) ? '' : null])),
            [pivotLetter]: null,
          }),
      },
    ];
  }

  /** Whether a filter is on though the address does not say so: then the command line does. */
  #isGiven(letter: string): boolean {
    const { query } = this.#app.router.place;
    return (
      query.get(letter) === '' ||
      (!query.has(letter) && (this.#app.about?.filters ?? []).some((one) => one.letter === letter))
    );
  }

  async #configItems(): Promise<MenuItem[]> {
    const { page, query } = this.#app.router.place;
    const configs = await this.#app.backend.configs();
    const save = async (): Promise<void> => {
      const name = await askFor({
        title: 'Save',
        label: 'Name',
        hint: 'Keeps sample type, filters and limits under this name.',
        value: '',
        action: 'Save',
      });
      const text = this.#app.router.address(page).split('?')[1] ?? '';
      if (name !== undefined && name.trim() !== '') {
        await this.#app.backend.saveConfig({ name, query: text });
        this.#app.say(`Saved as ${name}.`);
      }
    };
    const remove = async (name: string): Promise<void> => {
      await this.#app.backend.removeConfig(name);
      this.#app.say(`Deleted ${name}.`);
    };
    const guarded = (work: () => Promise<void>) => (): void =>
      void work().catch((error: unknown) => this.#app.say(String(error)));
    return [
      { label: 'Save as…', run: guarded(save) },
      {
        label: 'Default',
        isChosen: String(query) === '',
        run: () => this.#app.router.follow(this.#app.router.address(page).split('?')[0] ?? ''),
      },
      ...configs.map(({ name, query: saved }) => ({
        label: name,
        isChosen: saved !== '' && this.#app.router.address(page).endsWith(`?${saved}`),
        run: () => this.#app.router.follow(`${this.#app.router.address(page).split('?')[0]}?${saved}`),
        aside: { label: `Delete ${name}`, run: guarded(() => remove(name)) },
      })),
    ];
  }

  #downloadItems(): MenuItem[] {
    const { query } = this.#app.router.place;
    const name = (this.#app.about?.title ?? 'profile').replace(/[^\w.-]+/g, '_');
    const keep = (ending: string, get: () => Promise<Blob>) => (): void => {
      get().then(
        (blob) => saveBlob(blob, `${name}.${ending}`),
        (error: unknown) => this.#app.say(String(error)),
      );
    };
    const svg = this.#sources.svg();
    return [
      { label: 'Profile, as filtered (pb.gz)', run: keep('pb.gz', () => this.#app.backend.profile(query)) },
      { label: 'Stacks (folded)', run: keep('folded', () => this.#app.backend.folded(query)) },
      { label: 'Graph (SVG)', run: keep('svg', async () => svgBlob(svg ?? (await this.#graphSvg(query)))) },
    ];
  }

  async #graphSvg(query: URLSearchParams): Promise<string> {
    const { layOut } = await import('./graph-layout.js');
    return layOut((await this.#app.backend.ask('graph' satisfies ViewName, query)).dot, this.#app.backend);
  }
}

function svgBlob(text: string): Blob {
  return new Blob([text], { type: 'image/svg+xml' });
}

function saveBlob(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  h('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
