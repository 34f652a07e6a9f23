/** Where the code of a frame comes from. */
export type PackageKind = 'own' | 'npm' | 'node' | 'native' | 'gc' | 'go';

/** The package of a frame. Frames of one package have one colour in pictures. */
export interface FramePackage {
  readonly kind: PackageKind;
  /** As a legend shows it: `own code`, `express`, `@scope/name`, `node:`, `native`, `garbage collector`, `net/http`. */
  readonly name: string;
}

const own: FramePackage = { kind: 'own', name: 'own code' };
const node: FramePackage = { kind: 'node', name: 'node:' };
const native: FramePackage = { kind: 'native', name: 'native' };
const garbageCollector: FramePackage = { kind: 'gc', name: 'garbage collector' };

/**
 * The package of a function: an npm package by its folder under `node_modules`, Node's own modules by `node:`, Go's
 * packages by the function's name. What has a file and is none of these is the program's own; what has none is native.
 *
 * @param file - its file as the profile has it; empty where it has none
 */
export function framePackage(name: string, file: string): FramePackage {
  if (/^\(?(garbage collector|GC)\)?$/.test(name)) return garbageCollector;
  if (/\.(go|s)$/.test(file) || (file === '' && /^[\w.-]+\/[\w./-]+\.\(?\*?\w/.test(name)))
    return goPackage(name);
  if (/^node:/.test(file)) return node;
  if (file === '' || /^(wasm:|<)/.test(file)) return native;
  const npm = /.*[/\\]?node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+)[/\\]/.exec(file)?.[1];
  return npm === undefined ? own : { kind: 'npm', name: npm.replace('\\', '/') };
}

/** `net/http` of `net/http.(*conn).serve`; `main` is the program's own. */
function goPackage(name: string): FramePackage {
  const path = /^((?:.*\/)?[^./]+)\./.exec(name.replace(/[[(].*/, ''))?.[1] ?? name;
  return path === 'main' ? own : { kind: 'go', name: path };
}
