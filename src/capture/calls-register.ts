// Loaded by `--require` before everything else in each thread whose CPU profile is to have all callers and the lines of
// calls; its code is not inlined.
import { installCallLines } from '../source/transform/call-lines.js';
import { hideHelpersInStacks } from '../source/transform/call-stacks.js';
import { hasAddon, restoreLostCallers } from './cpu.js';

restoreLostCallers();
if (!hasAddon()) {
  installCallLines();
  hideHelpersInStacks();
}
