// The site as it is assembled and served: names, headers, compressed forms, and what must be refused.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { contentSecurityPolicy, hashedName } from '../../.tools/headers.mjs';
import { startServer } from '../../.tools/serve.mjs';

const site = process.env.OUTPOST_SITE ?? 'build/site';
let server;
before(async () => {
  server = await startServer(site);
});
after(() => server.close());

// A plain request: fetch would tidy the path and unpack the answer.
function ask(path, headers = {}, method = 'GET') {
  const { hostname, port } = new URL(server.address);
  return new Promise((done, failed) => {
    request({ hostname, port, path, headers, method }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => done({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }));
    }).on('error', failed).end();
  });
}

test('the page comes with its policy and is never kept by a cache', async () => {
  const page = await ask('/');
  assert.equal(page.status, 200);
  assert.match(page.headers['content-type'], /^text\/html/);
  assert.equal(page.headers['content-security-policy'], contentSecurityPolicy());
  assert.equal(page.headers['cache-control'], 'no-cache');
  assert.equal(page.headers['x-content-type-options'], 'nosniff');
  const again = await ask('/', { 'If-None-Match': page.headers.etag });
  assert.equal(again.status, 304);
  assert.equal(again.body.length, 0);
});

test('scripts, styles and wasm carry their hash and are kept for ever', async () => {
  const names = (await readdir(site)).filter((name) => /\.(js|mjs|css|wasm)$/.test(name) && name !== 'service_worker.js');
  assert.ok(names.some((name) => name.endsWith('.wasm')));
  for (const name of names) {
    assert.match(name, hashedName);
    const hash = createHash('sha256').update(await readFile(join(site, name))).digest('hex');
    assert.equal(name.split('.').at(-2), hash.slice(0, 10));
    const { headers } = await ask(`/${name}`);
    assert.match(headers['cache-control'], /immutable/);
    assert.match(headers['content-type'], name.endsWith('.wasm') ? /^application\/wasm$/ : /^text\/(javascript|css)/);
  }
});

test('compressed forms unpack to the plain one', async () => {
  const name = (await readdir(site)).find((path) => path.endsWith('.wasm'));
  const plain = await readFile(join(site, name));
  const brotli = await ask(`/${name}`, { 'Accept-Encoding': 'gzip, br' });
  assert.equal(brotli.headers['content-encoding'], 'br');
  assert.ok(brotliDecompressSync(brotli.body).equals(plain));
  const gzip = await ask(`/${name}`, { 'Accept-Encoding': 'gzip' });
  assert.equal(gzip.headers['content-encoding'], 'gzip');
  assert.ok(gunzipSync(gzip.body).equals(plain));
  assert.equal((await ask(`/${name}`)).headers['content-encoding'], undefined);
});

test('nothing outside of the folder is served, and nothing is written', async () => {
  for (const path of ['/../CMakeLists.txt', '/..%2fCMakeLists.txt', '/%2e%2e/CMakeLists.txt', '/%00', '/%', '/no/such']) {
    assert.equal((await ask(path)).status, 404, path);
  }
  assert.equal((await ask('/', {}, 'POST')).status, 405);
});

test('a port in use gives the next free one', async () => {
  const busy = [];
  const port = Number(new URL(server.address).port);
  const second = await startServer(site, { port, onBusy: (taken) => busy.push(taken) });
  assert.equal(busy[0], port);
  assert.ok(Number(new URL(second.address).port) > port);
  await second.close();
});

test('the service worker knows every file of the site by its hash', async (context) => {
  const worker = await readFile(join(site, 'service_worker.js'), 'utf8').catch(() => null);
  if (worker === null) return context.diagnostic('the site has no service worker');
  assert.doesNotMatch(worker, /%(VERSION|PRECACHE)%/);
  const known = [...worker.matchAll(/"([^"]+)": ?"(sha256-[^"]+)"/g)];
  for (const [, name, hash] of known) {
    const bytes = await readFile(join(site, name === './' ? 'index.html' : name));
    assert.equal(hash, `sha256-${createHash('sha256').update(bytes).digest('base64')}`, name);
  }
  assert.ok(known.some(([, name]) => name === './'));
});

test('every file that the page and its manifest name is there', async () => {
  const names = new Set(await readdir(site, { recursive: true }));
  const page = await readFile(join(site, 'index.html'), 'utf8');
  const named = [...page.matchAll(/(?:href|src)="([^"#]+)"/g)].map((match) => match[1]);
  const manifest = await readFile(join(site, 'manifest.webmanifest'), 'utf8').catch(() => null);
  if (manifest !== null) named.push(...(JSON.parse(manifest).icons ?? []).map(({ src }) => src));
  for (const name of named) {
    assert.doesNotMatch(name, /^([a-z]+:|\/)/, 'addresses are relative');
    assert.ok(names.has(name.replace(/^\.\//, '')), `${name} is named and not there`);
  }
});

test('the wasm is at most 900 KB as it travels', async () => {
  const name = (await readdir(site)).find((path) => path.endsWith('.wasm.br'));
  assert.ok((await readFile(join(site, name))).length <= 900 * 1024);
});

test('a site that may ask another one says so in its page and its headers, and refuses what is no origin', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'outpost-site-'));
  const { execFileSync, spawnSync } = await import('node:child_process');
  execFileSync(process.execPath, ['.tools/dist.mjs', 'build/web-release', folder, '--connect', 'https://forms.example']);
  assert.match(await readFile(join(folder, 'index.html'), 'utf8'), /connect-src 'self' https:\/\/forms\.example;/);
  const server = await startServer(folder);
  const { headers } = await fetch(server.address);
  assert.equal(headers.get('content-security-policy'), contentSecurityPolicy(['https://forms.example']));
  await server.close();
  for (const wrong of ['forms.example', 'https://forms.example/answers', "'unsafe-inline'"])
    assert.equal(spawnSync(process.execPath, ['.tools/dist.mjs', 'build/web-release', folder, '--connect', wrong]).status, 2, wrong);
  await rm(folder, { recursive: true });
});

test('an assembled site has no file of an earlier build left', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'outpost-site-'));
  const stale = 'outpost_app.0123456789.wasm';
  await writeFile(join(folder, stale), '');
  await writeFile(join(folder, 'CNAME'), 'kept');
  const { execFileSync } = await import('node:child_process');
  execFileSync(process.execPath, ['.tools/dist.mjs', 'build/web-release', folder]);
  const names = await readdir(folder);
  assert.ok(!names.includes(stale));
  assert.ok(names.includes('CNAME') && names.includes('index.html'));
  await rm(folder, { recursive: true });
});
