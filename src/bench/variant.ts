import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ProfError, systemCode } from '../error.js';
import { nearestWord } from '../text/nearest.js';

/** A thing to measure, test or serve: a folder, or a file on its own. */
export interface Variant {
  /** The folder's last part, or the file's name without `.bench.ts` and the like. */
  readonly name: string;
  /** The path as a person would write it, for messages. */
  readonly label: string;
  /** Absolute path of the folder or file itself. */
  readonly path: string;
  /** Absolute; of a file the folder that it is in. */
  readonly folder: string;
  /** Absolute paths in order of name; of a file the file itself. */
  readonly benchFiles: readonly string[];
  /** Absolute paths in order of name; of a file the file itself. */
  readonly testFiles: readonly string[];
  /** Absolute path of the module that exports the handler; undefined where no file looks like it. */
  readonly handlerFile: string | undefined;
}

const moduleFile = /(?<!\.d)\.[cm]?[jt]s$/;
const benchFile = /\.bench\.[cm]?[jt]s$/;
const testFile = /\.test\.[cm]?[jt]s$/;

/** The fixtures that come with prof. */
const ownFixtures = fileURLToPath(new URL('../../fixtures', import.meta.url));

/**
 * The variant that a word of the command line means: a path, else a name in `fixtures/` of the
 * working folder, else one of prof's own fixtures.
 *
 * @param cwd - absolute path of the working folder
 * @throws ProfError `not-found` with the nearest name, `bad-variant` for a file that is no module
 */
export function findVariant(word: string, cwd: string): Variant {
  const isName = !/[/\\]/.test(word) && word !== '.' && word !== '..' && word !== '';
  const places = isName ? [cwd, join(cwd, 'fixtures'), ownFixtures] : [cwd];
  for (const place of places) {
    const found = word === '' ? undefined : readVariant(resolve(place, word), word);
    if (found !== undefined) return found;
  }
  throw unknownVariant(word, cwd);
}

/** Folders and files of `folder` that are variants, in order of name; none where there is no such folder. */
export function variantsIn(folder: string): Variant[] {
  const paths = entries(folder).filter((name) => !name.startsWith('.') && name !== 'node_modules');
  const found = paths.flatMap((name) => {
    const path = join(folder, name);
    if (isFile(path) && !benchFile.test(name)) return [];
    return readVariant(path, name) ?? [];
  });
  return found.filter((variant) => isFile(join(folder, variant.label)) || hasContent(variant));
}

/** Where variants are looked up by name, nearest first; see `findVariant`. */
export function variantFolders(cwd: string): string[] {
  return [...new Set([cwd, join(cwd, 'fixtures'), ownFixtures])];
}

function readVariant(path: string, label: string): Variant | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  return stat.isDirectory() ? folderVariant(path, label) : fileVariant(path, label);
}

function folderVariant(folder: string, label: string): Variant {
  const files = entries(folder).filter((name) => moduleFile.test(name) && isFile(join(folder, name)));
  const paths = (names: readonly string[]): string[] => names.map((name) => join(folder, name));
  const handler = handlerName(files.filter((name) => !benchFile.test(name) && !testFile.test(name)));
  return {
    name: basename(folder),
    label,
    path: folder,
    folder,
    benchFiles: paths(files.filter((name) => benchFile.test(name))),
    testFiles: paths(files.filter((name) => testFile.test(name))),
    handlerFile: handler === undefined ? undefined : join(folder, handler),
  };
}

function fileVariant(file: string, label: string): Variant {
  if (!moduleFile.test(file)) {
    throw new ProfError('bad-variant', `${label}: not a JavaScript or TypeScript module`, {
      hint: 'A variant is a folder, or a file that ends in .ts, .js, .mts, .mjs, .cts or .cjs.',
    });
  }
  const name = basename(file).replace(/(\.(bench|test))?\.[cm]?[jt]s$/, '');
  const files = [file];
  return {
    name,
    label,
    path: file,
    folder: dirname(file),
    benchFiles: files,
    testFiles: files,
    handlerFile: file,
  };
}

/** The module of a folder that has the handler: the one by a usual name, else the only one there is. */
function handlerName(names: readonly string[]): string | undefined {
  const usual = ['demo', 'handler', 'index', 'main', 'server', 'app'];
  const byName = usual.map((stem) => names.find((name) => name.replace(moduleFile, '') === stem));
  return byName.find((name) => name !== undefined) ?? (names.length === 1 ? names[0] : undefined);
}

function hasContent(variant: Variant): boolean {
  return variant.benchFiles.length > 0 || variant.testFiles.length > 0;
}

function unknownVariant(word: string, cwd: string): ProfError {
  const names = variantFolders(cwd).flatMap((folder) => variantsIn(folder).map(({ label }) => label));
  const near = nearestWord(word, names);
  const hint =
    near === undefined
      ? 'A variant is a folder or a file; `prof ls` lists those that have a name.'
      : `Did you mean "${near}"? \`prof ls\` lists the variants.`;
  return new ProfError('not-found', `unknown variant "${word}"`, { hint });
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** Names in a folder, in order; none where there is no such folder. */
function entries(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw new ProfError('unreadable', `${folder}: the folder cannot be read (${code})`, { cause: error });
  }
}
