// A service that awaits five times a request, and does nothing else. At `/end` it tells how much processor time it has
// taken since `/begin`, in milliseconds, and ends.
import { createServer } from 'node:http';

const turn = () => new Promise((resolve) => setImmediate(resolve));
let before = process.cpuUsage();

async function answer(response) {
  for (let i = 0; i < 5; i++) await turn();
  response.end('done');
}

const server = createServer((request, response) => {
  if (request.url === '/begin') before = process.cpuUsage();
  if (request.url === '/end') {
    const { user, system } = process.cpuUsage(before);
    response.end(String((user + system) / 1000));
    server.close();
    server.closeIdleConnections();
    return;
  }
  answer(response);
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
