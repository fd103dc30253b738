// The message catalogue: the same keys in every language, the same arguments in every text, and every key that
// the code names is there.
import assert from 'node:assert/strict';
import test from 'node:test';
import { blanked, files, isCpp, isOurCode, read } from './sources.mjs';

const english = 'core/base/messages_en.inc';
const languages = files.filter((path) => /^core\/base\/messages_\w+\.inc$/.test(path));

function entriesOf(path) {
  const text = blanked(read(path), { keepStrings: true });
  return [...text.matchAll(/^\s*M\(\s*"((?:[^"\\]|\\.)*)"\s*,\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\)/gm)]
    .map((match) => ({ key: match[1], text: [...match[2].matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((part) => part[1]).join('') }));
}
const catalogue = new Map(languages.map((path) => [path, entriesOf(path)]));
const keysOf = (path) => catalogue.get(path).map(({ key }) => key);
const argumentsOf = (text) => [...new Set([...text.matchAll(/\{(\d)[:}]/g)].map((match) => match[1]))].sort().join();

test('English and Simplified Chinese are there', () => {
  assert.ok(languages.includes(english));
  assert.ok(languages.includes('core/base/messages_zh.inc'));
});

test('every line of a catalogue is an entry', () => {
  for (const path of languages) {
    const lines = blanked(read(path)).split('\n').filter((line) => /\bM\(/.test(line)).length;
    assert.equal(keysOf(path).length, lines, path);
  }
});

test('no key stands twice', () => {
  for (const path of languages) {
    const keys = keysOf(path);
    assert.deepEqual(keys.filter((key, index) => keys.indexOf(key) !== index), [], path);
  }
});

test('every language has the same keys', () => {
  const wanted = new Set(keysOf(english));
  for (const path of languages) {
    const keys = new Set(keysOf(path));
    assert.deepEqual({ path, missing: [...wanted].filter((key) => !keys.has(key)), foreign: [...keys].filter((key) => !wanted.has(key)) },
      { path, missing: [], foreign: [] });
  }
});

test('no text is empty, and all languages use the same arguments', () => {
  const wanted = new Map(catalogue.get(english).map(({ key, text }) => [key, argumentsOf(text)]));
  const wrong = [];
  for (const path of languages) {
    for (const { key, text } of catalogue.get(path)) {
      if (text === '') wrong.push(`${path}: ${key} is empty`);
      else if (wanted.has(key) && argumentsOf(text) !== wanted.get(key)) wrong.push(`${path}: ${key} uses {${argumentsOf(text)}}, English {${wanted.get(key)}}`);
    }
  }
  assert.equal(wrong.join('\n'), '');
});

test('every key that the code names is in the catalogue', () => {
  const keys = new Set(keysOf(english));
  const wrong = [];
  for (const path of files.filter((name) => isOurCode(name) && isCpp(name) && !name.endsWith('.inc'))) {
    const text = blanked(read(path), { keepStrings: true });
    for (const match of text.matchAll(/(?:\bmessages_?(?:\(\))?(?:\.|->)(?:text|format)|\btr)\(\s*"([^"]+)"\s*[,)]/g)) {
      if (!keys.has(match[1])) wrong.push(`${path}: ${match[1]}`);
    }
    // Of an error the key goes along as a text; one that ends in "_" is the beginning of several.
    for (const [, key] of text.matchAll(/"(error\.[a-z_.]+)"/g)) {
      if (!keys.has(key) && !(key.endsWith('_') && [...keys].some((each) => each.startsWith(key)))) wrong.push(`${path}: ${key}`);
    }
  }
  assert.equal(wrong.join('\n'), '');
});
