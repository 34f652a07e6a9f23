import { appendLines, editLines } from './edit-lines.js';
import { editSamples } from './edit-samples.js';
import type { Matcher } from './match.js';
import type { Profile } from './profile.js';

/** A parenthesis that belongs to a C++ name, or the one that begins its arguments. */
const parenthesis = /\(anonymous namespace\)|operator\(\)|\(/g;

/** A function's name without its arguments, as the pruning patterns expect it. */
function withoutArguments(name: string): string {
  const plain = name.startsWith('.') ? name.slice(1) : name;
  for (const match of plain.matchAll(parenthesis)) if (match[0] === '(') return plain.slice(0, match.index);
  return plain;
}

/** 1 for each function that has a name and whose name without arguments is meant. */
function matchNames({ funcs, strings }: Profile, matches: Matcher): Uint8Array {
  return Uint8Array.from({ length: funcs.count }, (_, i) => {
    const name = strings.get(funcs.name[i]!);
    return name !== '' && matches(withoutArguments(name)) ? 1 : 0;
  });
}

/** The profile with the frames below (called from) the match nearest to the leaf taken out. */
export function pruneFrom(profile: Profile, matches: Matcher): Profile {
  const { locations, samples } = profile;
  const funcs = matchNames(profile, matches);
  const found = new Uint8Array(locations.count);
  const shortened = editLines(locations, (i, lines) => {
    const [from, to] = [locations.lineStart[i]!, locations.lineStart[i + 1]!];
    let line = from;
    while (line < to && funcs[locations.lineFunc[line]!] === 0) line++;
    if (line < to) found[i] = 1;
    appendLines(lines, line < to ? line : from, to);
  });
  const cut = editSamples(samples, (i, stack) => {
    const [leaf, end] = [samples.start[i]!, samples.start[i + 1]!];
    let at = leaf;
    while (at < end && found[samples.stack[at]!] === 0) at++;
    for (at = at < end ? at : leaf; at < end; at++) stack.push(samples.stack[at]!);
    return true;
  });
  return { ...profile, locations: shortened, samples: cut };
}

/**
 * The profile with matching frames taken out together with all that they call, as a profile may ask
 * for by itself (`dropFrames`): seen from the root, the first match below some other frame.
 */
export function pruneFrames(profile: Profile, drop: Matcher): Profile {
  const { locations, samples } = profile;
  const funcs = matchNames(profile, drop);
  /** 1: the whole location goes; 2: its outer lines stay. */
  const pruned = new Uint8Array(locations.count);
  const shortened = editLines(locations, (i, lines) => {
    const [from, to] = [locations.lineStart[i]!, locations.lineStart[i + 1]!];
    let line = to - 1;
    while (line >= from && funcs[locations.lineFunc[line]!] === 0) line--;
    if (line >= from) pruned[i] = line === to - 1 ? 1 : 2;
    appendLines(lines, pruned[i] === 2 ? line + 1 : from, to);
  });
  const cut = editSamples(samples, (i, stack) => {
    const end = samples.start[i + 1]!;
    for (let at = leafAfterPruning(samples, i, pruned); at < end; at++) stack.push(samples.stack[at]!);
    return true;
  });
  return { ...profile, locations: shortened, samples: cut };
}

/** Where the stack of sample i begins once what the first pruned frame below another calls is gone. */
function leafAfterPruning({ start, stack }: Profile['samples'], i: number, pruned: Uint8Array): number {
  let foundOther = false;
  for (let at = start[i + 1]! - 1; at >= start[i]!; at--) {
    const how = pruned[stack[at]!];
    if (how === 0) foundOther = true;
    else if (foundOther) return how === 1 ? at + 1 : at;
  }
  return start[i]!;
}
