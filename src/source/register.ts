// Loaded by `--require` before everything else in each thread of a child process: installs the load hooks.
import { register } from 'node:module';
import { installNodeModulesHook, installRequireHooks } from './hooks-require.js';
import { installSyncHooks } from './hooks-sync.js';
import type { HooksData } from './hooks-thread.js';
import { registerHooks } from './node-module.js';
import { installedTransform } from './transform/slot.js';

if (registerHooks !== undefined) {
  installSyncHooks();
  installNodeModulesHook();
} else {
  const transform = installedTransform();
  const data = {
    isPlain: transform === undefined,
    sites: transform?.sites,
    isForUpdates: transform?.isForUpdates === true,
  };
  register<HooksData>('./hooks-thread.js', import.meta.url, { data });
  installRequireHooks();
}
