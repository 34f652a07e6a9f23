// What is required first in each thread that is watched for races, as one file, dist/race/preload.cjs: it has ten times as many
// modules as a thread loads by itself.
import './register.js';
import '../source/register.js';
