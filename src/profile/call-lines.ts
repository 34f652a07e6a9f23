/** The comment by which `prof list` knows that a profile has no lines of calls. */
export const noCallLines = '#prof: no call lines';
