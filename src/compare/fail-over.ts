import { ProfError } from '../error.js';
import { tidyUnit } from '../unit/tidy.js';

/** How much worse a metric may get. */
export interface FailOver {
  /** In base units; undefined for all units that no other rule names. */
  readonly unit: string | undefined;
  /** As a share of the old value: 0.05 for 5 %. */
  readonly limit: number;
}

/**
 * Reads what `--fail-over` is given: `5%`, or a limit for each unit such as `ns/op=5%,allocs/op=0`, or both. Of two
 * limits for one unit the later counts.
 *
 * @returns the later ones first
 * @throws ProfError `usage`
 */
export function parseFailOver(texts: readonly string[]): FailOver[] {
  return texts
    .flatMap((text) => text.split(','))
    .map(parseRule)
    .reverse();
}

/** The limit for a unit, or undefined where there is none. */
export function limitOf(rules: readonly FailOver[], unit: string): number | undefined {
  const own = rules.find((rule) => rule.unit === tidyUnit(unit).unit);
  return (own ?? rules.find((rule) => rule.unit === undefined))?.limit;
}

function parseRule(text: string): FailOver {
  const at = text.lastIndexOf('=');
  const unit = text.slice(0, Math.max(0, at)).trim();
  const limit = parseLimit(text.slice(at + 1).trim());
  if (limit === undefined || (at >= 0 && unit === '')) {
    throw new ProfError('usage', `--fail-over: "${text}" is not a limit`, {
      hint: 'Give a percentage for all metrics, or one for each unit: --fail-over=5% --fail-over=ns/op=5%,allocs/op=0.',
    });
  }
  return { unit: at < 0 ? undefined : tidyUnit(unit).unit, limit };
}

/** `5%`, or `0`, which is the same with or without the sign. */
function parseLimit(text: string): number | undefined {
  const [, number = ''] = /^(\d+\.?\d*|\.\d+)%$/.exec(text) ?? [];
  if (number !== '') return Number(number) / 100;
  return /^0+(\.0*)?$/.test(text) ? 0 : undefined;
}
