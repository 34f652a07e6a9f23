/** The lines of a source file, or why there are none. */
export type SourceLines =
  | { readonly state: 'read'; readonly lines: readonly string[] }
  | { readonly state: 'failed'; readonly problem: string };

/** Finds the source of a path in a profile. */
export type ReadSource = (path: string) => SourceLines;
