export { Mutex } from './mutex.js';
export { Once } from './once.js';
export { RWMutex } from './rw-mutex.js';
export { Semaphore } from './semaphore.js';
export { shared } from './shared.js';
export { WaitGroup } from './wait-group.js';
