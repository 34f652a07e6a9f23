// To be imported first in a program whose block profiles are to tell of each `await`: `node --import prof-toolkit/pprof/awaits`.
import '../source/transform/await-register.js';
import '../source/register.js';
