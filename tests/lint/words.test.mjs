// Words that must not be in the repository: marks of unfinished work, paths of one machine, hosts of package
// archives; and, in our code, words of other systems for the field's own.
import assert from 'node:assert/strict';
import test from 'node:test';
import { blanked, files, isCpp, isOurCode, isScript, lineOf, read } from './sources.mjs';

const binary = /\.(png|ico|jpg|webp|bin|wasm|gz|br|zip|xlsx?)$/;
const data = /^(tests\/(fixtures|golden\/data|fuzz\/corpus)|public\/samples?)\//;
const texts = files.filter((path) => !binary.test(path) && !data.test(path) && !path.startsWith('tests/lint/'));

function find(paths, pattern, prepare = (text) => text) {
  const found = [];
  for (const path of paths) {
    const text = prepare(read(path));
    for (const match of text.matchAll(pattern)) found.push(`${path}:${lineOf(text, match.index)}: ${match[0].trim()}`);
  }
  return found.join('\n');
}

test('no marks of unfinished work', () => {
  assert.equal(find(texts, /\b(TODO|FIXME|XXX|HACK)\b|\bnot implemented\b|\bunimplemented\b|\bcoming soon\b/g), '');
});

test('no path of one machine', () => {
  assert.equal(find(texts, /(?<![\w.$}])\/(work|farm|root|home\/\w+|Users\/\w+)\//g), '');
});

test('no host of a package archive', () => {
  assert.equal(find(texts, /\b(deb|security|snapshot)\.debian\.org|registry\.(npmjs|yarnpkg)\b|\bnpmjs\.org|"resolved":/g), '');
});

test('the field\'s words only', () => {
  const code = texts.filter((path) => isOurCode(path) && isCpp(path));
  assert.equal(find(code, /(?<![a-z])(deals?|entity|entities|doctypes?)(?![a-z])/g, (text) => blanked(text)), '');
});

test('no exceptions and no run-time type information', () => {
  const code = files.filter((path) => isOurCode(path) && isCpp(path));
  assert.equal(find(code, /\b(throw|catch|dynamic_cast|typeid)\b|\btry\s*\{/g, (text) => blanked(text)), '');
});

test('scripts of the page make no code and no markup from text', () => {
  const scripts = files.filter((path) => /^(web|shell|public)\//.test(path) && isScript(path));
  assert.equal(find(scripts, /\beval\s*\(|\bnew Function\b|\.innerHTML\b|\.outerHTML\b|document\.write\b|insertAdjacentHTML/g,
    (text) => blanked(text, { keepStrings: true })), '');
});

test('the page has no inline script, style or handler', () => {
  const pages = files.filter((path) => /^(shell|public)\/.*\.html$/.test(path));
  assert.equal(find(pages, /<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle=|\son\w+=/g), '');
});

test('tests are not skipped or narrowed', () => {
  const tests = files.filter((path) => path.startsWith('tests/') && !path.startsWith('tests/lint/'));
  assert.equal(find(tests, /doctest::skip|\btest\.skip\b|\bit\.skip\b|\.only\(|\bxit\(/g), '');
});
