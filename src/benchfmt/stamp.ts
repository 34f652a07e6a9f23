/** Which commit a run measured. */
export interface Stamp {
  /** Its short name, with a `+` behind it where files had been changed since. */
  readonly commit: string;
  /** When it was made, in ms since 1970; undefined where the file does not say. */
  readonly time: number | undefined;
}

/**
 * A stamp as a line of a run's file. It is a comment: as a setting it would put runs of two commits into
 * two tables of benchstat's, where they are not compared.
 */
export function formatStamp({ commit, time }: Stamp): string {
  return `# commit: ${commit}${time === undefined ? '' : ` ${new Date(time).toISOString()}`}\n`;
}

/**
 * The stamp in the first lines of a run's file, or its settings `commit` and `commit-time`, which other tools write.
 * Undefined where it has neither.
 */
export function readStamp(head: string): Stamp | undefined {
  const [, stamped, stampedTime] = /^# commit: (\S+)(?:[ \t]+(\S+))?[ \t]*\r?$/m.exec(head) ?? [];
  const commit = stamped ?? /^commit:[ \t]+(\S+)/m.exec(head)?.[1];
  const time = stamped === undefined ? /^commit-time:[ \t]+(\S+)/m.exec(head)?.[1] : stampedTime;
  return commit === undefined ? undefined : { commit, time: timeOf(time) };
}

function timeOf(text: string | undefined): number | undefined {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : time;
}
