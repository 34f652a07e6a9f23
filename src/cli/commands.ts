import type { Command } from './command.js';

/** A command's place in the overview, and how to load it. */
export interface CommandEntry {
  readonly name: string;
  /** Other names that mean the same. */
  readonly aliases?: readonly string[];
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

/** All commands, under the headings of the overview. */
export const commandGroups: readonly {
  readonly title: string;
  readonly commands: readonly CommandEntry[];
}[] = [
  {
    title: 'Measure',
    commands: [
      {
        name: 'bench',
        summary: 'run benchmarks, profile them, save the run',
        load: async () => (await import('./bench.js')).bench,
      },
      {
        name: 'test',
        summary: "run variants' tests",
        load: async () => (await import('./test.js')).test,
      },
      {
        name: 'serve',
        summary: 'serve a variant at /hi, its profiles at /debug/pprof/',
        load: async () => (await import('./serve.js')).serve,
      },
      {
        name: 'run',
        summary: 'run a program and profile it',
        load: async () => (await import('./run-program.js')).runCommand,
      },
      {
        name: 'ls',
        summary: 'list the variants',
        load: async () => (await import('./ls.js')).ls,
      },
    ],
  },
  {
    title: 'Look',
    commands: [
      {
        name: 'top',
        aliases: ['text'],
        summary: 'the functions that cost most',
        load: async () => (await import('./top.js')).top,
      },
      {
        name: 'list',
        summary: 'source lines with what was spent on each',
        load: async () => (await import('./list.js')).list,
      },
      {
        name: 'tree',
        summary: 'each function with its callers and callees',
        load: async () => (await import('./tree.js')).tree,
      },
      {
        name: 'peek',
        summary: 'callers and callees of matching functions',
        load: async () => (await import('./peek.js')).peek,
      },
      {
        name: 'traces',
        summary: 'every sample with its stack',
        load: async () => (await import('./traces.js')).traces,
      },
      {
        name: 'tags',
        summary: 'what was spent under each label',
        load: async () => (await import('./tags.js')).tags,
      },
      {
        name: 'raw',
        summary: "the profile's own tables",
        load: async () => (await import('./raw.js')).raw,
      },
      {
        name: 'comments',
        summary: 'what the recorder noted',
        load: async () => (await import('./comments.js')).comments,
      },
      {
        name: 'dot',
        summary: 'the call graph for graphviz',
        load: async () => (await import('./dot.js')).dot,
      },
      {
        name: 'flame',
        summary: 'a flame graph in the terminal',
        load: async () => (await import('./flame.js')).flame,
      },
      {
        name: 'svg',
        summary: 'the call graph as a picture',
        load: async () => (await import('./svg.js')).svg,
      },
      {
        name: 'callgrind',
        summary: 'the call graph for KCachegrind',
        load: async () => (await import('./callgrind.js')).callgrind,
      },
      {
        name: 'folded',
        summary: 'stacks for flame graph scripts',
        load: async () => (await import('./folded.js')).folded,
      },
      {
        name: 'weblist',
        summary: 'annotated source as a page',
        load: async () => (await import('./weblist.js')).weblist,
      },
      {
        name: 'web',
        summary: 'flame graph, call graph, tables and source in a browser',
        load: async () => (await import('./web.js')).web,
      },
      {
        name: 'shell',
        summary: "pprof's interactive prompt",
        load: async () => (await import('./shell.js')).shell,
      },
      {
        name: 'convert',
        summary: 'profiles in other formats',
        load: async () => (await import('./convert.js')).convert,
      },
      {
        name: 'proto',
        summary: 'the profile that the filters leave',
        load: async () => (await import('./proto.js')).proto,
      },
      {
        name: 'topproto',
        summary: 'the table of top as a profile',
        load: async () => (await import('./topproto.js')).topproto,
      },
    ],
  },
  {
    title: 'Compare',
    commands: [
      {
        name: 'cmp',
        summary: 'what has changed between two saved runs',
        load: async () => (await import('./cmp.js')).command,
      },
      {
        name: 'stat',
        summary: 'whether repeated runs differ, and by how much',
        load: async () => (await import('./stat.js')).stat,
      },
      {
        name: 'history',
        summary: 'benchmarks over many saved runs, and where they changed',
        load: async () => (await import('./history.js')).command,
      },
      {
        name: 'diff',
        summary: 'functions that differ between profiles of several runs',
        load: async () => (await import('./diff.js')).diff,
      },
    ],
  },
];

/** The command of that name, or undefined. */
export function getCommand(name: string): CommandEntry | undefined {
  return allCommands().find((command) => command.name === name || command.aliases?.includes(name));
}

/** Every command, in the order of the overview. */
export function allCommands(): readonly CommandEntry[] {
  return commandGroups.flatMap((group) => group.commands);
}
