// A small static server for the site that dist.mjs wrote. As a program: node serve.mjs DIR [--port N].
// As a module: startServer(), which the browser tests use.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { normalize, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { headersFor } from './headers.mjs';

const encodings = [['br', '.br'], ['gzip', '.gz']];

async function readOrNull(path) {
  try {
    return await readFile(path);
  } catch (error) {
    if (['ENOENT', 'EISDIR', 'ENOTDIR'].includes(error.code)) return null;
    throw error;
  }
}

// The address's path as a path inside the folder, or null when it leads out of it.
function pathInside(folder, url) {
  let name;
  try {
    name = decodeURIComponent(new URL(url, 'http://local').pathname);
  } catch {
    return null;
  }
  if (name.includes('\0')) return null;
  if (name.endsWith('/')) name += 'index.html';
  const path = resolve(folder, '.' + normalize(name));
  return path.startsWith(resolve(folder) + sep) ? path : null;
}

// Which other sites the site's own policy lets the page ask.
async function connectOf(folder) {
  const page = String((await readOrNull(resolve(folder, 'index.html'))) ?? '');
  return page.match(/connect-src 'self' ([^;"]*)/)?.[1].split(' ') ?? [];
}

async function answer(folder, connect, request, response) {
  const path = pathInside(folder, request.url);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return response.writeHead(405, { Allow: 'GET, HEAD' }).end();
  }
  const plain = path === null ? null : await readOrNull(path);
  if (plain === null) {
    return response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Not found\n');
  }
  const headers = { ...headersFor(path, connect), Vary: 'Accept-Encoding' };
  const accepted = String(request.headers['accept-encoding'] ?? '');
  let body = plain;
  for (const [encoding, suffix] of encodings) {
    const packed = accepted.includes(encoding) ? await readOrNull(path + suffix) : null;
    if (packed === null) continue;
    headers['Content-Encoding'] = encoding;
    body = packed;
    break;
  }
  headers.ETag = `"${createHash('sha256').update(body).digest('hex').slice(0, 20)}"`;
  if (request.headers['if-none-match'] === headers.ETag) return response.writeHead(304, headers).end();
  headers['Content-Length'] = body.length;
  response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : body);
}

// Serves the folder on 127.0.0.1. A port that is taken gives the next free one, and onBusy is told. `differ` answers what
// it says true to: a test's host that is not as it should be.
export async function startServer(folder, { port = 0, onBusy = () => {}, differ = () => false } = {}) {
  const connect = await connectOf(folder);
  const server = createServer((request, response) => {
    if (differ(request, response)) return;
    answer(folder, connect, request, response).catch((error) => {
      console.error(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  for (let candidate = port; ; candidate++) {
    const failure = await new Promise((done) => {
      server.once('error', done);
      server.listen(candidate, '127.0.0.1', () => {
        server.off('error', done);
        done(null);
      });
    });
    if (failure === null) break;
    if (failure.code !== 'EADDRINUSE' || candidate >= Math.min(port + 100, 65535)) throw failure;
    onBusy(candidate);
  }
  const address = `http://127.0.0.1:${server.address().port}/`;
  const close = () => new Promise((done) => {
    server.close(done);
    server.closeAllConnections();
  });
  return { address, close };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [folder, option, value] = process.argv.slice(2);
  const port = option === '--port' ? Number(value) : 8080;
  const server = await startServer(folder, {
    port,
    onBusy: (busy) => console.log(`Port ${busy} is in use; trying ${busy + 1}.`),
  });
  console.log(`\nOutpost is at ${server.address}\nStop with Ctrl+C.`);
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => server.close().then(() => process.exit(0)));
  }
}
