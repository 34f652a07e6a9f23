import { test } from 'node:test';
import { writeSpeedscope } from '../../src/formats/write-speedscope.js';
import { checkConverter } from './check-converter.js';

test('heapprofile: one of node --heap-prof', () => checkConverter('fib.heapprofile', 'V8 .heapprofile'));

test('trace: two threads, lines of samples, an array without its last bracket', () =>
  checkConverter('threads.trace.json', 'Chrome trace'));

test('speedscope: several profiles of several units', () =>
  checkConverter('mixed.speedscope.json', 'speedscope', (profile) => writeSpeedscope(profile, undefined)));

test('folded: places, spaces and broken counts', () => checkConverter('stacks.folded', 'collapsed stacks'));
test('perf: threads, inlined functions, binaries that were deleted', () =>
  checkConverter('node.perf', 'perf script'));
