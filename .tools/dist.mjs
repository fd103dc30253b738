// Assembles the static site: node dist.mjs BUILD_DIR OUT_DIR [--connect ORIGIN]...
// --connect: a site that the page may ask for a web form's answers, besides its own.
//
// In: the app's .js and .wasm from the build; index.html and its scripts and styles from shell/web and
// web/page; everything in public. Out: a folder for any static host. Scripts, styles and the wasm get their
// content's hash in the name. Placeholders in index.html, scripts, styles and the service worker:
//   %WASM% %JS%       hashed name of the app's wasm and script
//   %FILE:name%       hashed name of another script or style
//   %VERSION%         hash over the whole site
//   %CSP%             (index.html) the Content-Security-Policy, without what a <meta> may not say
//   "%PRECACHE%"      (service worker, with its quotes) JSON object: relative address to "sha256-..."
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { contentSecurityPolicy, hashedName } from './headers.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const compressible = /\.(html|js|mjs|css|json|webmanifest|wasm|svg|csv|txt)$/;
const workerName = 'service_worker.js';

const sha256 = (bytes, form) => createHash('sha256').update(bytes).digest(form);

async function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  const found = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await filesUnder(path)));
    else found.push(path);
  }
  return found.sort();
}

// Scripts and styles of the page, by name; each is hashed after the names inside it are filled in.
class Assets {
  #sources = new Map();
  #done = new Map();
  #open = new Set();

  add(name, path) {
    if (this.#sources.has(name)) throw new Error(`two assets are named ${name}`);
    this.#sources.set(name, path);
  }

  async fill(text, inside) {
    for (const [placeholder, name] of [...text.matchAll(/%(?:FILE:([\w.-]+)|WASM|JS)%/g)].map((match) => [
      match[0],
      match[1] ?? (match[0] === '%JS%' ? 'outpost_app.js' : 'outpost_app.wasm'),
    ])) {
      text = text.replaceAll(placeholder, (await this.resolve(name, inside)).name);
    }
    return text;
  }

  async resolve(name, from) {
    if (this.#done.has(name)) return this.#done.get(name);
    if (!this.#sources.has(name)) throw new Error(`${from} names ${name}, which is not there`);
    if (this.#open.has(name)) throw new Error(`assets name each other in a circle: ${[...this.#open, name].join(' > ')}`);
    this.#open.add(name);
    let bytes = await readFile(this.#sources.get(name));
    if (!name.endsWith('.wasm')) {
      let text = await this.fill(bytes.toString('utf8'), name);
      if (name === 'outpost_app.js') {
        text = text.replaceAll('outpost_app.wasm', (await this.resolve('outpost_app.wasm', name)).name);
      }
      bytes = Buffer.from(text);
    }
    this.#open.delete(name);
    const dot = name.lastIndexOf('.');
    // Many servers do not know .mjs as a script.
    const asset = { name: `${name.slice(0, dot)}.${sha256(bytes, 'hex').slice(0, 10)}${name.slice(dot).replace('.mjs', '.js')}`, bytes };
    this.#done.set(name, asset);
    return asset;
  }

  async all() {
    for (const name of this.#sources.keys()) await this.resolve(name, 'the site');
    return [...this.#done.values()];
  }
}

// The message catalogue as the page reads it (web/message_lists.cpp): keys, English, Chinese; a zero byte behind each part
// and one more behind each list.
async function messageLists() {
  const entries = async (language) => {
    const text = await readFile(join(root, `core/base/messages_${language}.inc`), 'utf8');
    const unescaped = (literal) => literal.replace(/\\(.)/g, (_, letter) => (letter === 'n' ? '\n' : letter));
    return [...text.matchAll(/^M\("((?:[^"\\]|\\.)*)",\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\)/gm)].map(([, key, literals]) => ({
      key, text: [...literals.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((part) => unescaped(part[1])).join(''),
    }));
  };
  const [english, chinese] = [await entries('en'), await entries('zh')];
  if (english.length === 0 || english.some(({ key }, at) => key !== chinese[at]?.key)) throw new Error('the languages have other messages');
  return [english.map(({ key }) => key), english.map(({ text }) => text), chinese.map(({ text }) => text)]
    .map((list) => list.map((part) => `${part}\0`).join('')).join('\0');
}

// Relative address to content, the service worker and its map included.
async function assemble(build) {
  const site = new Map();
  const assets = new Assets();
  for (const name of ['outpost_app.wasm', 'outpost_app.js']) assets.add(name, join(build, name));
  const texts = join(build, 'messages.txt');
  await writeFile(texts, await messageLists());
  assets.add('messages.txt', texts);
  for (const folder of ['shell/web', 'web/page']) {
    for (const path of await filesUnder(join(root, folder))) {
      if (/\.(js|mjs|css)$/.test(path)) assets.add(basename(path), path);
    }
  }
  for (const asset of await assets.all()) site.set(asset.name, asset.bytes);
  const page = (await assets.fill(await readFile(join(root, 'shell/web/index.html'), 'utf8'), 'index.html'))
    .replaceAll('%CSP%', contentSecurityPolicy(connect).replace(/frame-ancestors [^;]*; /, ''));
  for (const path of await filesUnder(join(root, 'public'))) {
    site.set(relative(join(root, 'public'), path).replaceAll('\\', '/'), await readFile(path));
  }
  const worker = site.get(workerName);
  site.delete(workerName);

  const content = createHash('sha256').update(page);
  for (const [name, bytes] of [...site].sort()) content.update(name).update(bytes);
  if (worker) content.update(worker);
  const version = content.digest('hex').slice(0, 16);
  site.set('index.html', Buffer.from(page.replaceAll('%VERSION%', version)));
  if (worker) {
    const precache = {};
    for (const [name, bytes] of [...site].sort()) {
      precache[name === 'index.html' ? './' : name] = `sha256-${sha256(bytes, 'base64')}`;
    }
    const text = worker.toString('utf8').replaceAll('%VERSION%', version)
      .replace(/(["'`]?)%PRECACHE%\1/g, () => JSON.stringify(precache, null, 1));
    site.set(workerName, Buffer.from(text));
  }
  return { site, version };
}

// The compressed form, kept by content beside the build: brotli's best level takes seconds.
async function compressed(build, bytes, suffix, pack) {
  const kept = join(build, 'compressed', sha256(bytes, 'hex') + suffix);
  if (existsSync(kept)) return readFile(kept);
  const packed = await pack(bytes);
  await mkdir(dirname(kept), { recursive: true });
  await writeFile(kept, packed);
  return packed;
}

const brotli = (bytes) => promisify(brotliCompress)(bytes, {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
});
const gzipBest = (bytes) => promisify(gzip)(bytes, { level: 9 });

async function removeStale(out, site) {
  for (const path of await filesUnder(out)) {
    const plain = relative(out, path).replace(/\.(br|gz)$/, '');
    if (hashedName.test(plain) && !site.has(plain)) await rm(path);
  }
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { connect: { type: 'string', multiple: true, default: [] } } });
const [build, out] = positionals, { connect } = values;
if (!build || !out) {
  console.error('usage: node dist.mjs BUILD_DIR OUT_DIR [--connect ORIGIN]...');
  process.exit(2);
}
for (const origin of connect) {
  if (URL.canParse(origin) && new URL(origin).origin === origin) continue;
  console.error(`--connect ${origin}: give an origin such as https://forms.example, without a path`);
  process.exit(2);
}
const { site, version } = await assemble(build);
await mkdir(out, { recursive: true });
await removeStale(out, site);
let wasmBytes = 0, firstLoadBytes = 0;
for (const [name, bytes] of site) {
  const path = join(out, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
  if (!compressible.test(name)) continue;
  const packed = await compressed(build, bytes, '.br', brotli);
  if (name.endsWith('.wasm')) wasmBytes = packed.length;
  if (/^[^/]+\.(html|js|mjs|css|wasm|txt)$/.test(name)) firstLoadBytes += packed.length;
  await writeFile(path + '.br', packed);
  await writeFile(path + '.gz', await compressed(build, bytes, '.gz', gzipBest));
}
console.log(`Site ${version}: ${site.size} files in ${out}, wasm ${Math.round(wasmBytes / 1024)} KB brotli, first load ${Math.round(firstLoadBytes / 1024)} KB`);
