// A header opens with a few lines that say what it owns; scripts and data files are well-formed.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import test from 'node:test';
import { contentSecurityPolicy } from '../../.tools/headers.mjs';
import { files, isOurCode, isScript, read, root } from './sources.mjs';

test('every header opens with 2 to 12 lines that say what it is', () => {
  const wrong = files.filter((path) => isOurCode(path) && path.endsWith('.h')).filter((path) => {
    const lines = read(path).split('\n');
    const comment = lines.findIndex((line) => !line.startsWith('//'));
    return comment < 2 || comment > 12;
  });
  assert.deepEqual(wrong, []);
});

test('every header guards itself with #pragma once', () => {
  const wrong = files.filter((path) => isOurCode(path) && path.endsWith('.h') && !/^#pragma once$/m.test(read(path)));
  assert.deepEqual(wrong, []);
});

test('file names are snake_case', () => {
  const wrong = files.filter((path) => (isOurCode(path) || path.startsWith('tests/')) && /\.(cpp|h|inc|js|mjs)$/.test(path))
    .filter((path) => !/^[a-z0-9_]+(\.test)?\.\w+$/.test(path.split('/').pop()));
  assert.deepEqual(wrong, []);
});

test('JSON files parse', () => {
  for (const path of files.filter((name) => /\.(json|webmanifest)$/.test(name) && !name.startsWith('tests/f'))) {
    assert.doesNotThrow(() => JSON.parse(read(path)), path);
  }
});

test('scripts parse', () => {
  const shell = files.filter((path) => path.endsWith('.sh') || path === '.ci/run');
  for (const path of shell) execFileSync('bash', ['-n', join(root, path)]);
  // Those that no test here loads by itself.
  for (const path of files.filter((name) => isScript(name) && /^(public|shell|web\/page)\//.test(name))) {
    execFileSync(process.execPath, ['--check', join(root, path)], { stdio: ['ignore', 'ignore', 'pipe'] });
  }
});

test('README and the page give the policy that the server sends', () => {
  assert.ok(read('README.md').split(contentSecurityPolicy()).length >= 3, 'README.md: the table and nginx');
  const page = read('shell/web/index.html').match(/http-equiv="Content-Security-Policy"\s+content="([^"]*)"/);
  if (page?.[1] === '%CSP%') return;
  const directives = (policy) => policy.split(';').map((part) => part.trim().replace(/\s+/g, ' ')).filter((part) => part && !part.startsWith('frame-ancestors'));
  assert.deepEqual(directives(page?.[1] ?? 'the page has no policy'), directives(contentSecurityPolicy()));
});

test('what the page may ask besides its own host stands in the policy, and nothing else changes by it', () => {
  const parts = (policy) => new Map(policy.split('; ').map((part) => [part.split(' ')[0], part]));
  const plain = parts(contentSecurityPolicy()), wider = parts(contentSecurityPolicy(['https://forms.example', 'http://127.0.0.1:8000']));
  assert.equal(plain.get('connect-src'), "connect-src 'self'");
  assert.equal(wider.get('connect-src'), "connect-src 'self' https://forms.example http://127.0.0.1:8000");
  for (const [name, part] of plain) if (name !== 'connect-src') assert.equal(wider.get(name), part);
  assert.equal(wider.size, plain.size);
});
