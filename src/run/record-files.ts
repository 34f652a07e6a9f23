import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Recorded } from './recording-plan.js';

/** What one thread of a program leaves behind. */
export interface ThreadReport {
  /** `main`, `worker-2`, or the worker's name. */
  readonly thread: string;
  readonly threadId: number;
  readonly recorded: Recorded;
  /** Why there is less than there should be; empty where all is well. */
  readonly problems: readonly string[];
}

/** A new folder for reports, which belongs to whoever asks. */
export function makeReportFolder(): string {
  return mkdtempSync(join(tmpdir(), 'prof-run-'));
}

/** Writes the report of a thread, whole or not at all. */
export function writeReport(folder: string, report: ThreadReport): void {
  const temporary = join(folder, `${randomUUID()}.tmp`);
  writeFileSync(temporary, serialize(report));
  renameSync(temporary, join(folder, `${report.threadId}.report`));
}

/** The reports in a folder, the main thread's first. */
export function readReports(folder: string): ThreadReport[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.report'));
  const reports = files.map((name) => deserialize(readFileSync(join(folder, name))) as ThreadReport); // ours
  return reports.sort((a, b) => a.threadId - b.threadId);
}

export function removeReports(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
