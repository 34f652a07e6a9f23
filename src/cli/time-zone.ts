import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { type TimeZone, utc } from '../report/options.js';
import { parseZoneFile, type ZoneRules } from './zone-file.js';

const folders = ['/usr/share/zoneinfo', '/usr/lib/zoneinfo', '/etc/zoneinfo'];

/**
 * The time zone of the process, its names as the system's tables have them (`CET`, where the
 * language's own tables say `GMT+1`).
 */
export const localTimeZone: TimeZone = (epochSeconds) => {
  const zone = process.env['TZ'];
  const rules = zone === '' || zone === 'UTC' ? undefined : readRules(zone);
  if (rules === undefined) return utc(epochSeconds);
  // The language knows the rules of times to come; a table ends some day.
  const offsetSeconds = -new Date(epochSeconds * 1000).getTimezoneOffset() * 60;
  return { offsetSeconds, name: nameAt(rules, epochSeconds, offsetSeconds) };
};

function readRules(zone: string | undefined): ZoneRules | undefined {
  for (const file of zoneFiles(zone)) {
    try {
      return parseZoneFile(readFileSync(file));
    } catch {
      // Not there, or not for us: the next may be.
    }
  }
  return undefined;
}

function zoneFiles(zone: string | undefined): string[] {
  if (zone === undefined) return ['/etc/localtime'];
  const name = zone.replace(/^:/, '');
  return isAbsolute(name) ? [name] : folders.map((folder) => join(folder, name));
}

/** The name of the latest kind, up to that time, with that offset. */
function nameAt(
  { transitions, kinds, first }: ZoneRules,
  epochSeconds: number,
  offsetSeconds: number,
): string {
  for (let i = transitions.length - 1; i >= 0; i--) {
    const kind = kinds[i];
    if ((transitions[i] ?? 0) <= epochSeconds && kind?.offsetSeconds === offsetSeconds) return kind.name;
  }
  return first.name;
}
