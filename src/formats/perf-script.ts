import { type Frame, ProfileBuilder } from '../profile/builder.js';
import type { Format } from './format.js';

/** `node 1234/1235 [001] 12.345678:     250000 cycles:u: ` */
const head = /^(\S.*?)\s+(\d+)(?:\/(\d+))?\s+(?:\[\d+\]\s+)?[\d.]+:\s+(?:(\d+)\s+)?(\S+?):/;
/** `	    7f3a parse+0x1f (/usr/bin/node)` */
const frame = /^\s+([0-9a-f]+)\s+(.+?)(?:\+0x[0-9a-f]+)?\s+\(([^()]*(?:\([^()]*\))?[^()]*)\)$/;

/** What `perf script` of Linux prints. */
export const perfScript: Format = {
  name: 'perf',
  detects: ({ text }) => {
    const lines = (text ?? '').split('\n', 200);
    const at = lines.findIndex((line) => head.test(line));
    return at >= 0 && lines.slice(at + 1).some((line) => frame.test(line));
  },
  decode: ({ text }) => {
    const builder = new ProfileBuilder({
      sampleTypes: [
        { type: 'samples', unit: 'count' },
        { type: 'events', unit: 'count' },
      ],
      defaultSampleType: 'samples',
    });
    for (const block of (text ?? '').split(/\n\s*\n/)) {
      const lines = block.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
      const match = head.exec(lines[0] ?? '');
      if (match === null) continue;
      const [, command = '', pid = '', thread, period = '1', event = ''] = match;
      const stack = lines.slice(1).flatMap((line) => frameOf(line));
      if (stack.length > 0)
        builder.addSample(stack, [1, Number(period)], { command, event, thread: thread ?? pid });
    }
    return builder.build();
  },
};

function frameOf(line: string): Frame[] {
  const match = frame.exec(line);
  if (match === null) return [];
  const [, address = '', symbol = '', object = ''] = match;
  // Node writes its functions as `LazyCompile:*parse /app/main.js:12:3` or `JS:~parse …`.
  const [, name, file, own] = /^\w+:[*~+^]?(\S*) (?:file:\/\/)?(\S+?):(\d+)(?::\d+)?$/.exec(symbol) ?? [];
  if (name !== undefined && file !== undefined)
    return [{ name: name === '' ? '(anonymous)' : name, file, startLine: Number(own), line: Number(own) }];
  const isUnknown = symbol === '[unknown]';
  return [{ name: isUnknown ? `[${object}] 0x${address}` : symbol, file: '', startLine: 0, line: 0 }];
}
