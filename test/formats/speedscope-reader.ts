import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import vm from 'node:vm';

/** A profile as speedscope holds it; only what is looked at here. */
export interface ReadProfile {
  getName(): string;
  getTotalWeight(): number;
  getWeightUnit(): string;
  forEachCall(open: (node: ReadNode, at: number) => void, close: (node: ReadNode, at: number) => void): void;
  forEachFrame(visit: (frame: ReadFrame) => void): void;
}

interface ReadFrame {
  readonly name: string;
  readonly file?: string;
  readonly line?: number;
  getSelfWeight(): number;
}

interface ReadNode {
  readonly frame: ReadFrame;
}

interface Importer {
  importProfileGroupFromText(
    name: string,
    text: string,
  ): Promise<{ readonly indexToView: number; readonly profiles: readonly ReadProfile[] } | null>;
}

/**
 * The importer inside speedscope's page, which has no door for programs: the script is run without a
 * page, after a line was put in that hands the module out.
 */
export function speedscopeImporter(): Importer {
  const folder = join(
    dirname(createRequire(import.meta.url).resolve('speedscope/package.json')),
    'dist/release',
  );
  const script = readdirSync(folder).find((file) => /^speedscope-.*\.js$/.test(file)) ?? '';
  const code = readFileSync(join(folder, script), 'utf8');
  const [, module = ''] = /var (\w+)=\{\};\$?\w+\(\1,\{importFromFileSystemDirectoryEntry/.exec(code) ?? [];
  const [, start = ''] = new RegExp(`\\((\\w+)\\(\\),${module}\\)`).exec(code) ?? [];
  const handedOut = code.replace(
    `var ${module}={};`,
    `globalThis.handOut=()=>(${start}(),${module});var ${module}={};`,
  );
  const quiet = { log: () => {}, warn: () => {}, error: () => {} };
  const page = vm.createContext({
    console: quiet,
    TextDecoder,
    TextEncoder,
    performance,
    atob,
    setTimeout,
    URL,
  });
  try {
    new vm.Script(handedOut).runInContext(page);
  } catch {
    // Without a page the script ends where it wants to draw; all modules are there by then.
  }
  // Cast: the module's own names, looked up by its code above.
  const handOut = page['handOut'] as () => Importer;
  return handOut();
}
