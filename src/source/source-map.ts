import { decodedMappings, FlattenMap, sourceContentFor, type TraceMap } from '@jridgewell/trace-mapping';
import type { Position } from './line-index.js';

/** A place in an original file; line and column 1-based. */
export interface OriginalPosition extends Position {
  /** As the map has it, resolved against the map's own place: a `file:` URL, or what a bundler made up. */
  readonly source: string;
  /** The name that stands there in the original, where the map tells. */
  readonly name: string | undefined;
}

/** Columns of a line, 1-based; `to` is exclusive. */
export interface ColumnRange {
  readonly from: number;
  readonly to: number;
}

/** A source map whose mappings have been read. */
export class SourceMap {
  readonly #map: TraceMap;
  readonly #lines: ReturnType<typeof decodedMappings>;

  /** @throws Error where the mappings cannot be read */
  constructor(map: TraceMap) {
    this.#map = map;
    this.#lines = decodedMappings(map);
  }

  /** The original of a place of the generated text; undefined where the map has none on that line. */
  original({ line, column }: Position): OriginalPosition | undefined {
    return this.originalsOn(line, { from: 1, to: column + 1 }).at(-1);
  }

  /** The originals of a stretch of a generated line, in the order of its columns. */
  originalsOn(line: number, { from, to }: ColumnRange): readonly OriginalPosition[] {
    const segments = (this.#lines[line - 1] ?? []).filter(
      ([column]) => column + 1 >= from && column + 1 < to,
    );
    return segments.flatMap((segment) => {
      const [, sourceIndex, originalLine, originalColumn, nameIndex] = segment;
      const source = sourceIndex === undefined ? undefined : this.#map.resolvedSources[sourceIndex];
      if (source === undefined || originalLine === undefined || originalColumn === undefined) return [];
      const name = nameIndex === undefined ? undefined : this.#map.names[nameIndex];
      return [{ source, name, line: originalLine + 1, column: originalColumn + 1 }];
    });
  }

  /** The text of an original file where the map carries it. */
  contentOf(source: string): string | undefined {
    return sourceContentFor(this.#map, source) ?? undefined;
  }
}

/**
 * Reads a source map.
 *
 * @param json - its text
 * @param url - its own URL, or that of the generated file where it stands in there; sources are relative to it
 * @returns undefined for what is no source map
 */
export function parseSourceMap(json: string, url: string): SourceMap | undefined {
  try {
    // A text that guards against being run as a script begins with )]}'.
    const map: unknown = JSON.parse(json.replace(/^\)\]\}'[^\n]*/, ''));
    if (!isSourceMap(map)) return undefined;
    return new SourceMap(new FlattenMap(map as ConstructorParameters<typeof FlattenMap>[0], url)); // checked as far as it is read
  } catch {
    return undefined;
  }
}

/** Whether a value has what is read of a source map, or sections with it. */
function isSourceMap(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if ('sections' in value) return Array.isArray(value.sections);
  if (!('mappings' in value) || typeof value.mappings !== 'string') return false;
  return 'sources' in value && Array.isArray(value.sources) && value.sources.every(isTextOrNull);
}

function isTextOrNull(value: unknown): boolean {
  return value === null || typeof value === 'string';
}

/** What a generated text says of its map: the map itself, or where it is. */
export type MapReference =
  | { readonly kind: 'inline'; readonly json: string }
  | { readonly kind: 'url'; readonly url: string };

/**
 * The last `//# sourceMappingURL=` of a generated text; undefined where it has none.
 *
 * @see https://tc39.es/ecma426/#sec-linking-generated-code
 */
export function mapReference(code: string): MapReference | undefined {
  const url = [...code.matchAll(/^[ \t]*(?:\/\/|\/\*)[#@][ \t]*sourceMappingURL=([^\s'"*]+)/gm)].at(-1)?.[1];
  if (url === undefined) return undefined;
  const inline = /^data:[^,]*?(;base64)?,(.*)$/s.exec(url);
  if (inline === null) return { kind: 'url', url };
  const [, base64, text = ''] = inline;
  if (base64 !== undefined) return { kind: 'inline', json: Buffer.from(text, 'base64').toString('utf8') };
  try {
    return { kind: 'inline', json: decodeURIComponent(text) };
  } catch {
    return { kind: 'inline', json: '' };
  }
}
