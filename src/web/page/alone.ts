import { aloneBackend } from './alone-backend.js';
import { start } from './start.js';

// The menus of a page that stands alone are the same; only where answers come from is another place.
void aloneBackend().then(start);
