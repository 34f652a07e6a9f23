import { after } from './wait.mjs';
const app = {};
const connect = async () => (app.connection ??= await after({}));
await Promise.all([connect(), connect()]);
