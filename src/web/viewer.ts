import { ProfError } from '../error.js';
import { mergeProfiles, subtractProfile } from '../profile/merge.js';
import type { Profile } from '../profile/profile.js';
import { sampleIndex } from '../profile/sample-index.js';
import { type Flame, flameOf } from '../report/flame.js';
import { profileLabels } from '../report/labels.js';
import { type FilterTexts, optionName, type ReportKind, type ReportOptions } from '../report/options.js';
import { reportProfile } from '../report/proto.js';
import { formatterFor, prepareReport, type Report } from '../report/report.js';
import type { ReadSource } from '../report/sources.js';
import type { AboutAnswer, Answers, FlameAnswer, ViewName } from './answers.js';
import { filterLetters, flagOf, numberOf, optionsOf, pivotLetter, viewLetters } from './query.js';
import { views } from './views.js';

/** What a page shows. */
export interface Session {
  readonly title: string;
  /** The profiles of the command line, in its order and by its names; at least one. */
  readonly profiles: readonly { readonly name: string; readonly profile: Profile }[];
  /** All of them as one, with the base of the command line subtracted. */
  readonly whole: Profile;
  readonly hasBase: boolean;
  /** Those of the command line; an address changes them. */
  readonly options: ReportOptions;
  readonly readSource: ReadSource;
}

/** A report as a view needs it. */
export interface ViewContext {
  readonly report: Report;
  /** Remarks so far. */
  readonly remarks: readonly string[];
  readonly query: URLSearchParams;
  /** What the view is about: a regular expression; empty for all. */
  readonly pivot: string;
  readonly readSource: ReadSource;
  /** Made once for a report. */
  readonly flame: () => Flame;
}

const keptReports = 8;
const keptPictures = 24;

/** Answers what pages ask about a session; keeps the last few reports, since views ask for parts of them. */
export class Viewer {
  readonly #session: Session;
  readonly #differences = new Map<string, Profile>();
  readonly #reports = new Map<string, Promise<PreparedReport>>();
  /** Flame graphs by their queries: what `prof web` makes while the browser starts, and where Back leads to. */
  readonly #pictures = new Map<string, FlameAnswer>();

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * The answer to a view.
   *
   * @throws ProfError for anything in the query that does not fit
   */
  async answer<V extends ViewName>(view: V, query: URLSearchParams): Promise<Answers[V]> {
    // Cast: `about` is the one view that is not in the table.
    if (view === 'about') return (await this.#about(query)) as Answers[V];
    const known = view === 'flame' ? this.#pictures.get(String(query)) : undefined;
    // Cast: pictures are the answers of this view.
    if (known !== undefined) return known as Answers[V];
    const { kind, make } = views[view as Exclude<ViewName, 'about'>];
    const prepared = await this.#prepared(kind, query);
    const context: ViewContext = {
      ...prepared,
      query,
      pivot: query.get(pivotLetter) ?? '',
      readSource: this.#session.readSource,
    };
    // Cast: the table has for each view what makes its answer.
    const answer = make(context) as Answers[V];
    if (view === 'flame')
      keep(this.#pictures, String(query), { value: answer as FlameAnswer, most: keptPictures });
    return answer;
  }

  /** The profile that is left by the filters. */
  async profile(query: URLSearchParams): Promise<Profile> {
    return reportProfile((await this.#prepared('proto', query)).report);
  }

  #prepared(kind: ReportKind, query: URLSearchParams): Promise<PreparedReport> {
    const key = `${kind}?${stateOf(query)}`;
    const known = this.#reports.get(key);
    if (known !== undefined) return known;
    const made = this.#prepare(kind, query);
    keep(this.#reports, key, { value: made, most: keptReports });
    return made;
  }

  async #prepare(kind: ReportKind, query: URLSearchParams): Promise<PreparedReport> {
    const remarks: string[] = [];
    const report = await prepareReport(this.#chosen(query), {
      kind,
      options: this.#options(kind, query),
      warn: (message) => remarks.push(message),
    });
    let flame: Flame | undefined;
    return { report, remarks, flame: () => (flame ??= flameOf(report)) };
  }

  /** Where two profiles are compared, functions are what they have in common, whatever files they are in. */
  #options(kind: ReportKind, query: URLSearchParams): ReportOptions {
    const options = optionsOf(query, this.#session.options);
    const isDifference = this.#session.hasBase || numberOf(query, viewLetters.base, -1) >= 0;
    const isOpen = kind === 'flame' && options.granularity === '' && isDifference;
    return isOpen ? { ...options, granularity: 'functions' } : options;
  }

  async #about(query: URLSearchParams): Promise<AboutAnswer> {
    const { title, profiles, hasBase, options: given } = this.#session;
    const profile = this.#chosen(query);
    const options = optionsOf(query, given);
    const index = sampleIndex(profile, options.sampleIndex);
    const { report } = await this.#prepared('top', query);
    return {
      ...{ title, hasBase, sampleIndex: index, sampleTypes: profile.sampleTypes },
      labels: profileLabels(report, formatterFor(report, 'auto')),
      profiles: profiles.map(({ name }) => name),
      filters: Object.entries(filterLetters).flatMap(([key, letter]) => {
        // Cast: the keys of the letters are those of the filters.
        const name = key as keyof FilterTexts;
        const text = options.filters[name];
        return text === '' ? [] : [{ letter, name: optionName(name), text }];
      }),
    };
  }

  /** The profile that an address asks for: one of those given or all, less one of them or none. */
  #chosen(query: URLSearchParams): Profile {
    const number = numberOf(query, viewLetters.profile, -1);
    const base = numberOf(query, viewLetters.base, -1);
    const own = number < 0 ? this.#session.whole : this.#profile(number);
    if (base < 0) return own;
    const normalize = flagOf(query, viewLetters.normalize, false);
    const key = `${number} ${base} ${normalize}`;
    const difference =
      this.#differences.get(key) ??
      subtractProfile(number < 0 ? this.#allBut(base) : own, this.#profile(base), { mark: true, normalize });
    this.#differences.set(key, difference);
    return difference;
  }

  #profile(number: number): Profile {
    const found = this.#session.profiles[number];
    if (found === undefined) throw new ProfError('usage', `there is no profile ${number}`);
    return found.profile;
  }

  #allBut(base: number): Profile {
    const others = this.#session.profiles.filter((_, i) => i !== base);
    return others.length === 0 ? this.#session.whole : mergeProfiles(others.map(({ profile }) => profile));
  }
}

/** Keeps a value, and lets the oldest go where there are too many. */
function keep<T>(map: Map<string, T>, key: string, { value, most }: { value: T; most: number }): void {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}

interface PreparedReport {
  readonly report: Report;
  readonly remarks: readonly string[];
  readonly flame: () => Flame;
}

/** What of an address a report depends on. */
function stateOf(query: URLSearchParams): string {
  const letters = [...Object.values(filterLetters), ...Object.values(viewLetters)];
  return letters.map((letter) => query.get(letter) ?? '\0').join('\n');
}
