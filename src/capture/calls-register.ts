// Loaded by `--require` before everything else in each thread whose CPU profile is to have the lines of calls.
import { installCallLines } from '../source/transform/call-lines.js';
import { hideHelpersInStacks } from '../source/transform/call-stacks.js';
import { hasAddon } from './cpu.js';

if (!hasAddon()) {
  installCallLines();
  hideHelpersInStacks();
}
