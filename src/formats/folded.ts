import { type Frame, ProfileBuilder } from '../profile/builder.js';
import type { Format } from './format.js';
import { badFile } from './json-shape.js';

const line = /^(.+?)\s+(\d+)$/;

/** Collapsed stacks: `main;parse;lex 12`, a line each, root first. */
export const folded: Format = {
  name: 'folded',
  detects: ({ text }) => {
    const lines = (text ?? '').split('\n', 20).filter((own) => own.trim() !== '');
    const isStack = (own: string): boolean => line.test(own.trimEnd());
    return lines.length > 0 && lines.slice(0, 10).every(isStack) && lines.some((own) => own.includes(';'));
  },
  decode: ({ text, name }) => {
    const builder = new ProfileBuilder({ sampleTypes: [{ type: 'samples', unit: 'count' }] });
    for (const [i, own] of (text ?? '').split('\n').entries()) {
      if (own.trim() === '') continue;
      const match = line.exec(own.trimEnd());
      const value = Number(match?.[2]);
      if (match === null || !Number.isSafeInteger(value))
        throw badFile(`${name}:${i + 1}`, 'no stack and count');
      builder.addSample((match[1] ?? '').split(';').reverse().map(frameOf), [value]);
    }
    return builder.build();
  },
};

/** A name may carry its place: `parse (src/app.ts:12)` or `parse src/app.ts:12`. */
function frameOf(text: string): Frame {
  const [, name = text, file = '', own = '0'] = /^(.*?) \(?([^ ()]+):(\d+)\)?$/.exec(text) ?? [];
  return { name, file, startLine: 0, line: Number(own) };
}
