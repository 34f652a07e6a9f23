// A service that awaits five times a request: at `/` its turn, and does nothing else; at `/files` a small file, of which it answers a part.
// At `/cpu` it tells how much processor time it has taken so far, in milliseconds; at `/end` it ends.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

const turn = () => new Promise((resolve) => setImmediate(resolve));

async function answer(response) {
  for (let i = 0; i < 5; i++) await turn();
  response.end('done');
}

async function answerFiles(response) {
  const dependencies = {};
  for (let i = 0; i < 5; i++) {
    const { name, version } = JSON.parse(await readFile(packageFile, 'utf8'));
    dependencies[name + i] = version;
  }
  response.end(`${JSON.stringify({ dependencies })}done`);
}

const packageFile = new URL('../../package.json', import.meta.url);
const server = createServer((request, response) => {
  if (request.url === '/cpu') {
    const { user, system } = process.cpuUsage();
    response.end(String((user + system) / 1000));
  } else if (request.url === '/end') {
    response.end();
    server.close();
    server.closeAllConnections();
  } else if (request.url === '/files') answerFiles(response);
  else answer(response);
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
