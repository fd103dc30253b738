// Serves a built site with one more page, bench.html: the app's own page plus the peer benchmark's adapter.
//   ./run.sh --dist DIR && node tests/bench/peers/serve.mjs DIR [port]
// then, in the benchmark's folder: node run.mjs --n 100000 --peers js-columnar --app ours=http://127.0.0.1:PORT/bench.html
// The page is cross-origin isolated and may fetch the harness' data: its policy is wider than the app's own.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const [dist, port = '8090'] = process.argv.slice(2);
if (!dist || !fs.existsSync(path.join(dist, 'index.html'))) {
  console.error('usage: node tests/bench/peers/serve.mjs DIST_FOLDER [port]   (make the folder with ./run.sh --dist DIST_FOLDER)');
  process.exit(2);
}
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json',
  '.webmanifest': 'application/manifest+json', '.svg': 'image/svg+xml', '.png': 'image/png', '.css': 'text/css' };

function benchPage() {
  const html = fs.readFileSync(path.join(dist, 'index.html'), 'utf8');
  return html.replace(/<meta[^>]*Content-Security-Policy[^>]*>/i, '').replace('</body>', '<script type="module" src="bench_adapter.js"></script></body>');
}

http.createServer((request, response) => {
  const name = decodeURIComponent(new URL(request.url, 'http://localhost').pathname).replace(/^\/+/, '') || 'index.html';
  const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp', 'Cache-Control': 'max-age=3600' };
  const send = (body, extension) => response.writeHead(200, { ...headers, 'Content-Type': types[extension] || 'application/octet-stream' }).end(body);
  if (name === 'bench.html') return send(benchPage(), '.html');
  if (name === 'bench_adapter.js') return send(fs.readFileSync(path.join(here, 'adapter.js')), '.js');
  const file = path.resolve(dist, name);
  if (!file.startsWith(path.resolve(dist) + path.sep) || !fs.existsSync(file)) return response.writeHead(404, headers).end();
  const brotli = `${file}.br`;
  if (fs.existsSync(brotli) && /\bbr\b/.test(request.headers['accept-encoding'] || '')) headers['Content-Encoding'] = 'br';
  return send(fs.readFileSync(headers['Content-Encoding'] ? brotli : file), path.extname(file));
}).listen(Number(port), '127.0.0.1', () => console.log(`http://127.0.0.1:${port}/bench.html`));
