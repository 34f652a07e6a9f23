import type { Frame } from '../profile/builder.js';
import type { Profile } from '../profile/profile.js';
import { scale } from '../unit/scale.js';
import { weightedSamples } from './weighted.js';

const schema = 'https://www.speedscope.app/file-format-schema.json';

/** A profile as speedscope's JSON. @see https://github.com/jlfwong/speedscope/wiki/Importing-from-custom-sources */
export function writeSpeedscope(profile: Profile, sampleType: number): string {
  const { type = '', unit = '' } = profile.sampleTypes[sampleType] ?? {};
  const frames = new Map<string, number>();
  const shared: { name: string; file?: string; line?: number }[] = [];
  const indexOf = ({ name, file, line }: Frame): number => {
    const key = `${line} ${name}\0${file}`;
    const known = frames.get(key);
    if (known !== undefined) return known;
    frames.set(key, shared.length);
    return shared.push({ name, ...(file === '' ? {} : { file }), ...(line > 0 ? { line } : {}) }) - 1;
  };
  const samples: number[][] = [];
  const weights: number[] = [];
  for (const { stack, value } of weightedSamples(profile, sampleType)) {
    if (value <= 0) continue;
    samples.push(stack.map(indexOf).reverse());
    weights.push(weightOf(value, unit).value);
  }
  const endValue = weights.reduce((sum, weight) => sum + weight, 0);
  const own = {
    type: 'sampled',
    name: type,
    unit: weightOf(0, unit).unit,
    startValue: 0,
    endValue,
    samples,
    weights,
  };
  return `${JSON.stringify({ $schema: schema, exporter: 'prof', name: type, shared: { frames: shared }, profiles: [own] })}\n`;
}

function weightOf(value: number, unit: string): { value: number; unit: string } {
  const nanos = scale(value, unit, 'ns');
  if (nanos.unit === 'ns') return { value: nanos.value, unit: 'nanoseconds' };
  const bytes = scale(value, unit, 'b');
  return bytes.unit === 'B' ? { value: bytes.value, unit: 'bytes' } : { value, unit: 'none' };
}
