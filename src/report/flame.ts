import { type FlameTree, flameTree } from '../graph/flame-tree.js';
import type { FlameTreeOptions } from '../graph/grow-flame.js';
import { type NodeInfo, printableName } from '../graph/node-info.js';
import { buildNodeTable } from '../graph/node-table.js';
import { pivotPaths, type SamplePaths, samplePaths } from '../graph/sample-paths.js';
import { compareBytes } from '../text/order.js';
import { type FramePackage, framePackage } from './frame-package.js';
import { trimFiles } from './graph-source.js';
import { type FormatValue, formatterFor, type Report } from './report.js';

/** What the boxes of a flame graph stand for. */
export interface FlameFrame {
  /** The function's name, or what the granularity has in its place. */
  readonly name: string;
  /** Empty where nobody knows, or the granularity leaves it out. */
  readonly file: string;
  /** 1-based; 0 where unknown. */
  readonly line: number;
  readonly package: FramePackage;
}

/** All that flame graphs of a report are drawn from. Trees of it have numbers into `frames` as their nodes. */
export interface Flame {
  readonly frames: readonly FlameFrame[];
  readonly paths: SamplePaths;
  /** What percentages are taken of, in the unit of the sample type. */
  readonly total: number;
  /** Whether something is subtracted: boxes then have a before. */
  readonly isDiff: boolean;
  /** Prints a value of the sample type, in the unit that suits it. */
  readonly format: FormatValue;
}

/** The flame graphs of a report of the kind `flame`. */
export function flameOf(report: Report): Flame {
  const profile = trimFiles(report.profile, report.options);
  const table = buildNodeTable(profile, { objectNames: false });
  const paths = samplePaths(profile.samples, table, report.values);
  return {
    paths,
    frames: table.infos.map(frameOf),
    total: Number(report.total),
    isDiff: paths.before.some((value) => value !== 0),
    format: formatterFor(report, report.options.unit === 'minimum' ? 'auto' : report.options.unit),
  };
}

function frameOf(info: NodeInfo): FlameFrame {
  const { name, file, line } = info;
  const shown = name === '' ? printableName(info) : name;
  let known: FramePackage | undefined;
  return {
    ...{ name: shown, file, line },
    // A picture shows few of a large profile's frames.
    get package(): FramePackage {
      return (known ??= framePackage(shown, file));
    },
  };
}

/** The flame graph, or the part of it that the options ask for. */
export function flameBoxes({ frames, paths }: Flame, options: FlameTreeOptions): FlameTree {
  return flameTree(paths, frameOrder(frames), options);
}

/** The flame graphs on both sides of some functions, in both of which these are the boxes above the root. */
export interface PivotBoxes {
  readonly callees: FlameTree;
  /** Upside down: a box stands on what it calls. */
  readonly callers: FlameTree;
}

/** What the meant functions call, and what calls them; only roots where there are none. */
export function pivotBoxes(
  { frames, paths }: Flame,
  isPivot: (frame: FlameFrame) => boolean,
  options: FlameTreeOptions,
): PivotBoxes {
  const isMeant = (node: number): boolean => {
    const frame = frames[node];
    return frame !== undefined && isPivot(frame);
  };
  const { callees, callers } = pivotPaths(paths, isMeant);
  const order = frameOrder(frames);
  return { callees: flameTree(callees, order, options), callers: flameTree(callers, order, options) };
}

function frameOrder(frames: readonly FlameFrame[]): (a: number, b: number) => number {
  return (a, b) => {
    const [one, other] = [frames[a], frames[b]];
    return (
      compareBytes(one?.name ?? '', other?.name ?? '') ||
      compareBytes(one?.file ?? '', other?.file ?? '') ||
      a - b
    );
  };
}
