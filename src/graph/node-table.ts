import type { Profile } from '../profile/profile.js';
import { wordsOf } from '../profile/word64.js';
import { cleanPath } from './clean-path.js';
import type { NodeInfo } from './node-info.js';

/** Which nodes there can be in a graph of a profile, and which of them each frame is. */
export interface NodeTable {
  readonly infos: readonly NodeInfo[];
  /** The number of each node's function: nodes of one function at different lines share it. */
  readonly funcOf: Uint32Array;
  /** The nodes of location i stand at `start[i]` to `start[i + 1]` (exclusive), innermost first; at least one. */
  readonly start: Uint32Array;
  readonly nodes: Uint32Array;
}

/** What the nodes are to keep besides what the granularity has left. */
export interface NodeTableOptions {
  /** Keep mappings and start lines: functions of one name in two binaries stay apart. */
  readonly objectNames: boolean;
}

/** The nodes of an aggregated profile. */
export function buildNodeTable(profile: Profile, options: NodeTableOptions): NodeTable {
  return new NodeTableBuilder(profile, options).build();
}

const maxPlainLine = 2 ** 21;
const noInfo: NodeInfo = {
  name: '',
  address: 0n,
  file: '',
  startLine: 0,
  line: 0,
  column: 0,
  objectFile: '',
};

/** Where in a function a node is. */
interface Place {
  readonly address: bigint;
  readonly line: number;
  readonly column: number;
}

/** Makes no object per location: a large profile has more of them than nodes. */
class NodeTableBuilder {
  readonly #profile: Profile;
  readonly #objectNames: boolean;
  readonly #files = new Map<number, string>();
  /** Numbers of functions by what tells them apart, and by function and mapping. */
  readonly #funcs = new Map<string, number>();
  readonly #funcOfPair = new Map<number, number>();
  readonly #funcInfos: NodeInfo[] = [];
  /** Nodes by function and place: whole functions, plain lines, anything else. */
  readonly #wholeFuncs: number[] = [];
  readonly #plainLines = new Map<number, number>();
  readonly #places = new Map<string, number>();
  readonly #infos: NodeInfo[] = [];
  readonly #funcOf: number[] = [];

  constructor(profile: Profile, { objectNames }: NodeTableOptions) {
    this.#profile = profile;
    this.#objectNames = objectNames;
  }

  build(): NodeTable {
    const { locations } = this.#profile;
    const { lineStart } = locations;
    const start = new Uint32Array(locations.count + 1);
    const nodes = new Uint32Array(locations.lineFunc.length + locations.count);
    const addresses = wordsOf(locations.address);
    let count = 0;
    for (let i = 0; i < locations.count; i++) {
      const hasAddress = addresses[2 * i] !== 0 || addresses[2 * i + 1] !== 0;
      const address = hasAddress ? locations.address[i]! : 0n;
      if (lineStart[i] === lineStart[i + 1]) nodes[count++] = this.#unknown(i, address);
      for (let line = lineStart[i]!; line < lineStart[i + 1]!; line++)
        nodes[count++] = this.#node(this.#funcNumber(i, line), line, address);
      start[i + 1] = count;
    }
    return {
      infos: this.#infos,
      funcOf: Uint32Array.from(this.#funcOf),
      start,
      nodes: nodes.subarray(0, count),
    };
  }

  /** The node of a location about which nothing but its address is known. */
  #unknown(location: number, address: bigint): number {
    const objectFile = this.#objectFile(location);
    const func = this.#internFunc({ ...noInfo, objectFile });
    return address === 0n ? this.#wholeFunc(func) : this.#place(func, { address, line: 0, column: 0 });
  }

  #node(func: number, line: number, address: bigint): number {
    const { lineNumber, lineColumn } = this.#profile.locations;
    const [number, column] = [lineNumber[line]!, lineColumn[line]!];
    if (address !== 0n || column !== 0 || number < 0 || number >= maxPlainLine)
      return this.#place(func, { address, line: number, column });
    return number === 0 ? this.#wholeFunc(func) : this.#plainLine(func, number);
  }

  #wholeFunc(func: number): number {
    return (this.#wholeFuncs[func] ??= this.#add(func, { address: 0n, line: 0, column: 0 }));
  }

  #plainLine(func: number, line: number): number {
    const key = func * maxPlainLine + line;
    return (
      this.#plainLines.get(key) ??
      added(this.#plainLines, key, this.#add(func, { address: 0n, line, column: 0 }))
    );
  }

  #place(func: number, at: Place): number {
    const key = `${func} ${at.address} ${at.line} ${at.column}`;
    return this.#places.get(key) ?? added(this.#places, key, this.#add(func, at));
  }

  #add(func: number, at: Place): number {
    // A column without a line makes a function of its own, as in pprof.
    const isOdd = at.address === 0n && at.line === 0 && at.column !== 0;
    this.#funcOf.push(isOdd ? 2 ** 31 + this.#infos.length : func);
    return this.#infos.push({ ...this.#funcInfos[func]!, ...at }) - 1;
  }

  #funcNumber(location: number, line: number): number {
    const { locations, mappings } = this.#profile;
    const func = locations.lineFunc[line]!;
    const pair = func * (mappings.length + 1) + locations.mapping[location]! + 1;
    return this.#funcOfPair.get(pair) ?? added(this.#funcOfPair, pair, this.#findFunc(func, location));
  }

  #findFunc(func: number, location: number): number {
    const { funcs, strings } = this.#profile;
    const name = strings.get(funcs.name[func]!);
    const file = this.#file(funcs.file[func]!);
    const keepsObject = this.#objectNames || name === '';
    const startLine = keepsObject ? funcs.startLine[func]! : 0;
    const objectFile = keepsObject ? this.#objectFile(location) : '';
    return this.#internFunc({ ...noInfo, name, file, startLine, objectFile });
  }

  #internFunc(info: NodeInfo): number {
    const key = `${info.name}\0${info.file}\0${info.startLine}\0${info.objectFile}`;
    return this.#funcs.get(key) ?? added(this.#funcs, key, this.#funcInfos.push(info) - 1);
  }

  #file(index: number): string {
    const known = this.#files.get(index);
    if (known !== undefined) return known;
    const file = this.#profile.strings.get(index);
    return added(this.#files, index, file === '' ? '' : cleanPath(file));
  }

  #objectFile(location: number): string {
    return this.#profile.mappings[this.#profile.locations.mapping[location]!]?.file ?? '';
  }
}

/** Keeps a value and returns it. */
function added<K, V>(map: Map<K, V>, key: K, value: V): V {
  map.set(key, value);
  return value;
}
