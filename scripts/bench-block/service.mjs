// A service that awaits five times a request, and does nothing else. At `/cpu` it tells how much processor time it has taken
// so far, in milliseconds; at `/end` it ends.
import { createServer } from 'node:http';

const turn = () => new Promise((resolve) => setImmediate(resolve));

async function answer(response) {
  for (let i = 0; i < 5; i++) await turn();
  response.end('done');
}

const server = createServer((request, response) => {
  if (request.url === '/cpu') {
    const { user, system } = process.cpuUsage();
    response.end(String((user + system) / 1000));
  } else if (request.url === '/end') {
    response.end();
    server.close();
    server.closeAllConnections();
  } else answer(response);
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
