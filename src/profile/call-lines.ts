/** The comment by which `prof list` knows that a profile has no lines of calls. */
export const noCallLines = '#prof: no call lines';

/** The comment by which it knows that some are missing: those that the text of the program leaves open. */
export const callLinesByText = '#prof: call lines by text';
