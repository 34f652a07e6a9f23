import { type Frame, ProfileBuilder, type ProfileBuilderOptions } from '../../src/profile/builder.js';
import type { Profile } from '../../src/profile/profile.js';

/**
 * The profile that a list of stacks describes, a line each, root first: `main;parse:12;lex 3 40 bench=a`.
 * A frame is a name, or `name@file:line`; values and labels follow, separated by spaces.
 */
export function profileOf(text: string, options: Partial<ProfileBuilderOptions> = {}): Profile {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const first =
    lines[0]
      ?.trim()
      .split(' ')
      .slice(1)
      .filter((word) => !word.includes('=')) ?? [];
  const count = options.sampleTypes?.length ?? first.length;
  const sampleTypes = Array.from({ length: count }, (_, i) => ({ type: `type${i}`, unit: 'count' }));
  const builder = new ProfileBuilder({ sampleTypes, ...options });
  for (const line of lines) {
    const [stack = '', ...words] = line.trim().split(' ');
    const values = words.filter((word) => !word.includes('=')).map(Number);
    const labels = Object.fromEntries(
      words.filter((word) => word.includes('=')).map((word) => word.split('=')),
    );
    builder.addSample(stack.split(';').reverse().map(frameOf), values, labels);
  }
  return builder.build();
}

function frameOf(text: string): Frame {
  const [, name = text, file = '', line = '0', start = '0'] =
    /^(.+)@(.+):(\d+)(?:\/(\d+))?$/.exec(text) ?? [];
  return { name, file, line: Number(line), startLine: Number(start) };
}
