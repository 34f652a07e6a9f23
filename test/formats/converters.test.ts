import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeHeapprofile } from '../../src/formats/write-heapprofile.js';
import { writeSpeedscope } from '../../src/formats/write-speedscope.js';
import { profileOf } from '../profile/stacks.js';
import { checkConverter, readBytes } from './check-converter.js';

test('heapprofile: one of node --heap-prof', () =>
  checkConverter('fib.heapprofile', 'V8 .heapprofile', (profile) => writeHeapprofile(profile, 1)));

test('heapprofile: what is not memory is refused, a chain of 100,000 calls is not', async () => {
  const chain = Array.from({ length: 100_000 }, (_, i) => `f${i}`).join(';');
  const deep = profileOf(`${chain} 8`, { sampleTypes: [{ type: 'alloc_space', unit: 'kilobytes' }] });
  const again = readBytes(Buffer.from(writeHeapprofile(deep, 0)));
  assert.deepEqual(again.samples.values, [Float64Array.of(8192)]);
  assert.equal(again.samples.stack.length, 100_000);
  assert.throws(
    () => writeHeapprofile(profileOf('main 1', { sampleTypes: [{ type: 'cpu', unit: 'ms' }] }), 0),
    {
      code: 'usage',
      message: '"cpu" is counted in ms: a .heapprofile holds memory',
    },
  );
});

test('trace: two threads, lines of samples, an array without its last bracket', () =>
  checkConverter('threads.trace.json', 'Chrome trace'));

test('speedscope: several profiles of several units', () =>
  checkConverter('mixed.speedscope.json', 'speedscope', (profile) => writeSpeedscope(profile, undefined)));

test('folded: places, spaces and broken counts', () => checkConverter('stacks.folded', 'collapsed stacks'));
test('perf: threads, inlined functions, binaries that were deleted', () =>
  checkConverter('node.perf', 'perf script'));
