/** What all results of a run have in common, in Go's words. */
export interface RunConfig {
  /** Operating system, such as `linux`; see `goosOf`. */
  readonly goos: string;
  /** Processor, such as `amd64`; see `goarchOf`. */
  readonly goarch: string;
  /** Name in the nearest package.json, never the variant: two variants are to compare. */
  readonly pkg: string;
  /** Model of the processor. */
  readonly cpu: string;
  /** Version of Node, such as `v20.19.0`. */
  readonly node: string;
  /** `on` where races were looked for: such times are not to be compared with others. */
  readonly race?: string;
}

/** How a run ended. */
export interface RunEnd {
  /** The variant. */
  readonly name: string;
  readonly seconds: number;
  readonly failed: boolean;
}

const keys = ['goos', 'goarch', 'pkg', 'cpu', 'node', 'race'] as const;

/**
 * The lines before the results. Benchmark tools put runs into different tables as soon as one of
 * them lacks a key, so the keys and their order are always the same; only an empty value is left out,
 * which would mean "no longer set" to a reader.
 */
export function formatRunHeader(config: RunConfig): string {
  const lines = keys.map((key) => `${key}: ${oneLine(config[key] ?? '')}\n`);
  return lines.filter((line) => !line.endsWith(': \n')).join('');
}

/** The lines behind the results, as `go test` prints them. */
export function formatRunEnd({ name, seconds, failed }: RunEnd): string {
  const time = `${oneLine(name)}\t${seconds.toFixed(3)}s\n`;
  return failed ? `FAIL\nFAIL\t${time}` : `PASS\nok  \t${time}`;
}

function oneLine(value: string): string {
  return value.trim().replace(/\s+/g, ' ');
}

const goosWords: Readonly<Record<string, string>> = { win32: 'windows', sunos: 'solaris' };
const goarchWords: Readonly<Record<string, string>> = {
  x64: 'amd64',
  ia32: '386',
  ppc64: 'ppc64le',
  mipsel: 'mipsle',
};

/** Go's word for `process.platform`. */
export function goosOf(platform: string): string {
  return goosWords[platform] ?? platform;
}

/** Go's word for `process.arch`; Node's ppc64 is little-endian but on AIX. */
export function goarchOf(arch: string, platform: string): string {
  if (arch === 'ppc64' && platform === 'aix') return arch;
  return goarchWords[arch] ?? arch;
}
