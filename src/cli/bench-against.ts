import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findVariant, type Variant } from '../bench/variant.js';
import { ProfError } from '../error.js';
import { linkModules } from '../git/link-modules.js';
import { openRevision, pathInTree, type RevisionTree } from '../git/revision-tree.js';
import { runShell } from '../git/shell.js';

/** What `--against` asks for. */
export interface AgainstOptions {
  /** Anything that names a commit. */
  readonly revision: string;
  /** `--against-setup`: a shell command that installs and builds; undefined shares what is installed. */
  readonly setup: string | undefined;
  /** Absolute path of the working folder. */
  readonly cwd: string;
  readonly signal: AbortSignal;
  /** Told what the user should know. */
  readonly note: (text: string) => void;
}

/** Variants as they were in a revision. */
export interface Against {
  /** In the order of the variants asked for. */
  readonly variants: readonly Variant[];
  /** The working folder's counterpart, absolute. */
  readonly cwd: string;
  /** Takes the revision's files away. */
  remove(): Promise<void>;
}

/**
 * Checks a revision out and finds the variants in it.
 *
 * @throws ProfError `bad-variant` for a variant outside of the repository, `not-found` for one that the
 * revision does not have
 */
export async function openAgainst(variants: readonly Variant[], options: AgainstOptions): Promise<Against> {
  const { revision, cwd, signal } = options;
  const tree = await openRevision(revision, { cwd, signal });
  try {
    await prepare(tree, variants, options);
    const found = variants.map((variant) => variantInTree(tree, variant));
    return { variants: found, cwd: pathInTree(tree, cwd) ?? tree.folder, remove: () => tree.remove() };
  } catch (error) {
    await tree.remove();
    throw error;
  }
}

async function prepare(
  tree: RevisionTree,
  variants: readonly Variant[],
  { setup, signal, note }: AgainstOptions,
): Promise<void> {
  if (setup !== undefined) return runShell(setup, { cwd: tree.folder, signal });
  for (const { folder } of variants) linkModules(tree, folder);
  const changed = lockFiles.find(
    (name) => contentOf(join(tree.top, name)) !== contentOf(join(tree.folder, name)),
  );
  if (changed === undefined) return;
  note(`${changed} was different at ${tree.commit}: both sides run with the packages that are installed now`);
  note('  `--against-setup "npm ci"` installs the revision\'s own');
}

const lockFiles = ['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock'];

function contentOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function variantInTree(tree: RevisionTree, variant: Variant): Variant {
  const path = pathInTree(tree, variant.path);
  if (path === undefined) {
    throw new ProfError('bad-variant', `${variant.label}: not in the repository ${tree.top}`, {
      hint: 'Only what the repository holds can be compared with one of its revisions.',
    });
  }
  if (!existsSync(path)) {
    throw new ProfError('not-found', `${variant.label}: not there at ${tree.commit}`, {
      hint: 'Name a revision that has it; moved files can be benched by their old path in a work tree of their own.',
    });
  }
  const suffix = `@${tree.commit}`;
  const found = findVariant(path, tree.folder);
  return { ...found, name: `${variant.name}${suffix}`, label: `${variant.label}${suffix}` };
}
