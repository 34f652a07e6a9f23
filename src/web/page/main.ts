import { httpBackend } from './http-backend.js';
import { start } from './start.js';

void start(httpBackend);
