import { fileURLToPath } from 'node:url';
import type { Place } from '../source/transform/insertions.js';
import type { getInstrumented } from '../source/transform/instrumented.js';
import type { RaceSite } from '../source/transform/race/sites.js';
import { stringify } from './native.js';
import { writeText } from './text.js';

/** A call of a stack: name, file, 1-based line and column. */
export type Frame = readonly [name: string, file: string, line: number, column: number];

/** Where the running code is, as it is kept for reports. */
export interface Whereabouts {
  /** What it does: `read`, `atomic write` …; empty where it only is. */
  readonly kind: string;
  /** Innermost first. */
  readonly frames: readonly Frame[];
  /** The code of the access, where it is known. */
  readonly code: Pick<RaceSite, 'view' | 'key' | 'value' | 'operator'> | undefined;
}

/** Our own frames are left out; stacks name modules by URL and CommonJS by path. */
const ownFolder = new URL('..', import.meta.url);
const ownStarts = [ownFolder.href, fileURLToPath(ownFolder)];

const maxFrames = 32;

/** Writes stacks down for other threads to read; equal ones once. */
export class StackWriter {
  readonly #memory: Int32Array;
  readonly #known = new Map<string, number>();
  /** Gives what is known of a file whose instrumented code this thread has not made itself. */
  readonly #find: typeof getInstrumented;

  constructor(memory: Int32Array, find: typeof getInstrumented) {
    this.#memory = memory;
    this.#find = find;
  }

  /** Index of the text that says where the running code is. */
  write(kind: string): number {
    const text = stringify(whereabouts(kind, this.#find));
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const at = writeText(this.#memory, text);
    this.#known.set(text, at);
    return at;
  }
}

/**
 * Where the running code is.
 *
 * @param find - gives what is known of an instrumented file
 * @param id - of the site; undefined where it is found by its place in the code
 */
export function whereabouts(kind: string, find: typeof getInstrumented, id?: number): Whereabouts {
  let code: RaceSite | undefined;
  const frames = userFrames().map(({ name, url, place }, index): Frame => {
    const file = find(url);
    const site = file === undefined || index > 0 ? undefined : (siteOf(file, id) ?? siteAt(file, place));
    code ??= site;
    const original = site === undefined ? file?.places.original(place) : file?.places.placeOf(site.start);
    const { line, column } = original ?? place;
    return [name, url.startsWith('file:') ? fileURLToPath(url) : url, line, column];
  });
  const about = code && { view: code.view, key: code.key, value: code.value, operator: code.operator };
  return { kind, frames, code: about };
}

function siteOf(
  file: NonNullable<ReturnType<typeof getInstrumented>>,
  id: number | undefined,
): RaceSite | undefined {
  return id === undefined ? undefined : file.sites.find((site) => site.id === id);
}

/** The site whose hook was called at a place in instrumented code, or whose call stands there. */
function siteAt(file: NonNullable<ReturnType<typeof getInstrumented>>, place: Place): RaceSite | undefined {
  const { line, column } = file.places.original(place);
  const offset = file.places.offsetOf({ line, column });
  const exact = file.sites.filter((site) => site.offset === offset);
  if (exact.length > 0) return exact.at(-1);
  const around = file.sites.filter((site) => site.start <= offset && offset < site.end && site.isCall);
  return around.sort((a, b) => a.end - a.start - (b.end - b.start))[0];
}

interface UserFrame {
  readonly name: string;
  readonly url: string;
  readonly place: Place;
}

/** The frames of the running code that are the user's. */
function userFrames(): UserFrame[] {
  const sites = callSites();
  const frames: UserFrame[] = [];
  for (const [index, site] of sites.entries()) {
    const url = site.getFileName() ?? site.getEvalOrigin?.() ?? '';
    if (url === '' || url.startsWith('node:') || isOwn(url) || isLoader(url) || site.getLineNumber() === null)
      continue;
    const place = { line: site.getLineNumber() ?? 0, column: site.getColumnNumber() ?? 0 };
    frames.push({ name: nameOf(site, sites[index + 1]), url, place });
    if (frames.length === maxFrames) break;
  }
  return frames;
}

function isOwn(url: string): boolean {
  return ownStarts.some((start) => url.startsWith(start));
}

/** `f`, `Router.match`, `<module>` or `<anonymous>`. */
function nameOf(site: NodeJS.CallSite, caller: NodeJS.CallSite | undefined): string {
  const name = site.getFunctionName();
  if (name !== null && name !== '') return site.isConstructor() ? `new ${name}` : name;
  const isModule = caller === undefined || isLoader(caller.getFileName() ?? '');
  return isModule ? '<module>' : '<anonymous>';
}

/** Whether a file is one of those by which Node runs modules and texts. */
function isLoader(url: string): boolean {
  return /^node:(internal\/modules\/|internal\/process\/execution|internal\/vm|vm$)|\]-wrapper$/.test(url);
}

/** The stack as V8 gives it, whatever the program has made of `Error`. */
function callSites(): readonly NodeJS.CallSite[] {
  const { prepareStackTrace, stackTraceLimit } = Error;
  const holder: { stack?: readonly NodeJS.CallSite[] } = {};
  Error.stackTraceLimit = 64;
  Error.prepareStackTrace = (_, sites) => sites;
  Error.captureStackTrace(holder);
  const sites = holder.stack ?? [];
  if (prepareStackTrace === undefined) Reflect.deleteProperty(Error, 'prepareStackTrace');
  else Error.prepareStackTrace = prepareStackTrace;
  Error.stackTraceLimit = stackTraceLimit;
  return sites;
}
