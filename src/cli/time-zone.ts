import { type TimeZone, utc } from '../report/options.js';

/** The time zone of the process, its names as the system's tables have them. */
export const localTimeZone: TimeZone = (epochSeconds) => {
  const offsetSeconds = -new Date(epochSeconds * 1000).getTimezoneOffset() * 60;
  if (offsetSeconds === 0 && isUtc()) return utc(epochSeconds);
  return { offsetSeconds, name: shortName(epochSeconds) };
};

function isUtc(): boolean {
  const name = process.env['TZ'] ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  return name === '' || /^:?(etc\/)?(utc|uct|zulu|universal)$/i.test(name);
}

function shortName(epochSeconds: number): string {
  const format = new Intl.DateTimeFormat('en-US', { timeZoneName: 'short' });
  return format.formatToParts(epochSeconds * 1000).find(({ type }) => type === 'timeZoneName')?.value ?? '';
}
