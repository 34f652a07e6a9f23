// What is required first in each thread that is watched for lost updates, as one file, dist/race/updates/preload.cjs.
import './register.js';
import '../../source/register.js';
