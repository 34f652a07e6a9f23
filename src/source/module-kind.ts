import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DeepParser } from './deep-parser.js';

/** How Node runs a file. */
export type ModuleKind = 'module' | 'commonjs';

/**
 * How a TypeScript file is to be run: by its ending (`.mts`, `.cts`), as a module where the nearest package.json has
 * `"type": "module"`, else by its syntax. Where that says `commonjs`, as what npm writes does, compilers make CommonJS of `import` and
 * `export`; run as it is, such a file is a module.
 *
 * @param code - the file's text with types left out
 */
export function moduleKind(file: string, code: string): ModuleKind {
  if (file.endsWith('.mts')) return 'module';
  if (file.endsWith('.cts')) return 'commonjs';
  return packageType(dirname(file)) === 'module' ? 'module' : kindBySyntax(code);
}

function kindBySyntax(code: string): ModuleKind {
  try {
    DeepParser.parse(code, {
      ecmaVersion: 'latest',
      sourceType: 'script',
      allowReturnOutsideFunction: true,
      allowHashBang: true,
    });
    return 'commonjs';
  } catch (error) {
    return error instanceof SyntaxError ? 'module' : 'commonjs';
  }
}

const types = new Map<string, ModuleKind | undefined>();

/** `type` of the nearest package.json at or above `folder`, or undefined where it names none. */
function packageType(folder: string): ModuleKind | undefined {
  if (types.has(folder)) return types.get(folder);
  const found = readPackage(folder);
  const parent = dirname(folder);
  const isRoot = parent === folder || folder.endsWith('node_modules');
  const type = found === undefined ? (isRoot ? undefined : packageType(parent)) : declaredType(found);
  types.set(folder, type);
  return type;
}

function readPackage(folder: string): unknown {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  } catch {
    return undefined;
  }
}

function declaredType(manifest: unknown): ModuleKind | undefined {
  const type =
    typeof manifest === 'object' && manifest !== null && 'type' in manifest ? manifest.type : undefined;
  return type === 'module' || type === 'commonjs' ? type : undefined;
}
