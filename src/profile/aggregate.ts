import { appendLines, editLines } from './edit-lines.js';
import type { Funcs, Locations, Profile } from './profile.js';

/** How fine a report looks: what of a frame tells entries apart. */
export type Granularity = 'functions' | 'filefunctions' | 'files' | 'lines' | 'addresses';

/** What is left of frames. */
export interface AggregateOptions {
  readonly granularity: Granularity;
  /** Keep only the outermost of the functions that were inlined into one another. */
  readonly noInlines: boolean;
  /** Keep columns where lines are kept. */
  readonly columns: boolean;
}

/** The profile with all that a granularity does not tell apart blanked out. */
export function aggregate(profile: Profile, { granularity, noInlines, columns }: AggregateOptions): Profile {
  if (granularity === 'addresses' && !noInlines) return profile;
  const keeps = {
    name: granularity !== 'files',
    file: granularity !== 'functions',
    lines: granularity === 'lines' || granularity === 'addresses',
    address: granularity === 'addresses',
  };
  const mappings = profile.mappings.map((mapping) => ({
    ...mapping,
    hasInlineFrames: mapping.hasInlineFrames && !noInlines,
    hasFunctions: mapping.hasFunctions && keeps.name,
    hasFilenames: mapping.hasFilenames && keeps.file,
    hasLineNumbers: mapping.hasLineNumbers && keeps.lines,
  }));
  const outer = noInlines ? outermostLines(profile.locations) : profile.locations;
  const locations = blankLocations(outer, { ...keeps, columns: keeps.lines && columns });
  return { ...profile, mappings, funcs: blankFuncs(profile.funcs, keeps), locations };
}

function outermostLines(locations: Locations): Locations {
  const { lineStart } = locations;
  return editLines(locations, (i, lines) => {
    appendLines(lines, Math.max(lineStart[i]!, lineStart[i + 1]! - 1), lineStart[i + 1]!);
  });
}

function blankFuncs(funcs: Funcs, { name, file }: { name: boolean; file: boolean }): Funcs {
  const blank = new Uint32Array(funcs.count);
  return {
    ...funcs,
    ...(name ? {} : { name: blank, systemName: blank }),
    ...(file ? {} : { file: blank }),
  };
}

function blankLocations(
  locations: Locations,
  keeps: { lines: boolean; columns: boolean; address: boolean },
): Locations {
  const blank = new Float64Array(locations.lineFunc.length);
  return {
    ...locations,
    ...(keeps.lines ? {} : { lineNumber: blank }),
    ...(keeps.columns ? {} : { lineColumn: blank }),
    ...(keeps.address ? {} : { address: new BigUint64Array(locations.count) }),
  };
}
