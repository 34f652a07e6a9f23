import childProcess from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import zlib from 'node:zlib';
import { type BlockThread, nowMillis } from './block-thread.js';
import type { Patches } from './patch.js';

const modules: Readonly<Record<string, object>> = { child_process: childProcess, crypto, fs, zlib };

/** Functions that block without saying so in their name. */
const alsoBlocking: Readonly<Record<string, readonly string[]>> = { fs: ['opendirSync'] };

/** Records the calls of Node's that block the thread until they are done: `readFileSync`, `execSync`, `gzipSync`. */
export function watchSyncCalls(thread: BlockThread, patches: Patches): void {
  for (const [moduleName, module] of Object.entries(modules)) {
    const names = Object.keys(module).filter((name) => name.endsWith('Sync'));
    for (const name of new Set([...names, ...(alsoBlocking[moduleName] ?? [])]))
      watchCall(thread, patches, { module, name, shown: `${moduleName}.${name}` });
  }
  // What was imported by name is bound to what the modules exported until now.
  syncBuiltinESMExports();
}

/** To be called when the functions are back in their place. */
export function unwatchSyncCalls(): void {
  syncBuiltinESMExports();
}

interface BlockingCall {
  readonly module: object;
  readonly name: string;
  readonly shown: string;
}

function watchCall(thread: BlockThread, patches: Patches, { module, name, shown }: BlockingCall): void {
  patches.replace(module as Record<string, unknown>, name, (call) => {
    return function blocking(this: unknown, ...args) {
      // One of these calls others; the outermost is what the program waits for.
      if (thread.isInside) return Reflect.apply(call, this, args);
      const start = nowMillis();
      try {
        return thread.inside(() => Reflect.apply(call, this, args));
      } finally {
        thread.record({ kind: 'sync', name: shown }, start, blocking);
      }
    };
  });
}
