/** The default of `--blockprofilerate`, in nanoseconds: all waits, as `go test` has it. */
export const defaultBlockRate = 1;
