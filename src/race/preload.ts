// What is required first in each thread that is watched for races, as one file, dist/race/preload.cjs: it has ten times as many
// modules as a thread loads by itself.
import { inlineChecks } from './inlining.js';
import { isWatched } from './register.js';
import '../source/register.js';

// Behind the start of the thread of load hooks, which Node 20 has for each thread.
if (isWatched) inlineChecks();
