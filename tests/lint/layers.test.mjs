// The dependency direction of DESIGN: base < objects < {formula, query, layout} < matching < edit < {conversion,
// pipeline, activity, report, transfer, store} < capture < workspace < ui < shell; web beside them sees core/base alone.
// A forbidden edge is printed with the chain of includes that reaches it.
import assert from 'node:assert/strict';
import { dirname, posix } from 'node:path';
import test from 'node:test';
import { blanked, files, isCpp, isOurCode, read } from './sources.mjs';

const tiers = [
  ['base'], ['objects'], ['formula', 'query', 'layout'], ['matching'], ['edit'],
  ['conversion', 'pipeline', 'activity', 'report', 'transfer', 'store'], ['capture'], ['workspace'], ['ui'], ['shell'],
];
// Edges inside a tier that are meant; all others there are forbidden.
const sideways = new Set(['query > formula', 'layout > formula', 'layout > query', 'report > pipeline']);
// What each part may include from outside, by the start of the name.
const outside = {
  core: /^(nlohmann\/json\.hpp|fold_tables\.inc|xxhash\.h|wasm_simd128\.h)$|^(tsl|fast_float)\//,
  ui: /^(imgui|imgui_internal)\.h$/,
  web: /^(imgui|imgui_internal)\.h$|^emscripten(\/|\.h)|^GLES3\/|^wasm_simd128\.h$/,
  'shell/web': /^imgui\.h$|^emscripten(\/|\.h)/,
  'shell/common': /^$/,
  'shell/native': /^utf8proc\.h$|^(unistd|fcntl|sys\/\w+|dirent|signal|termios)(\.h)?$/,
};

const sources = files.filter((path) => isOurCode(path) && isCpp(path));
const known = new Set(sources);

function moduleOf(path) {
  const parts = path.split('/');
  return parts[0] === 'core' ? (parts.length > 2 ? parts[1] : parts[1].replace(/\.\w+$/, '')) : parts[0];
}
const tierOf = (module) => tiers.findIndex((tier) => tier.includes(module));

function includesOf(path) {
  const text = blanked(read(path), { keepStrings: true });
  return [...text.matchAll(/^[ \t]*#[ \t]*include[ \t]*(?:"([^"]+)"|<([^>]+)>)/gm)].map((match) => {
    const name = match[1] ?? match[2];
    const beside = posix.join(dirname(path), name);
    return { name, file: known.has(name) ? name : known.has(beside) ? beside : null, quoted: match[1] !== undefined };
  });
}
const graph = new Map(sources.map((path) => [path, includesOf(path)]));

function allowed(from, to) {
  const [a, b] = [moduleOf(from), moduleOf(to)];
  if (a === b) return true;
  if (a === 'web') return b === 'base';
  if (b === 'web') return a === 'shell' && from.startsWith('shell/web/');
  if (a === 'shell' && b === 'ui') return from.startsWith('shell/web/');
  const [low, high] = [tierOf(b), tierOf(a)];
  return low >= 0 && high >= 0 && (low < high || (low === high && sideways.has(`${a} > ${b}`)));
}

// The shortest way from a compiled file to this one, as text.
function chainTo(path) {
  const queue = [[path]];
  const seen = new Set([path]);
  while (queue.length > 0) {
    const chain = queue.shift();
    if (chain[0].endsWith('.cpp')) return chain.join(' > ');
    for (const [from, includes] of graph) {
      if (!seen.has(from) && includes.some((include) => include.file === chain[0])) {
        seen.add(from);
        queue.push([from, ...chain]);
      }
    }
  }
  return path;
}

test('every folder of our code has its place in the order', () => {
  const lost = sources.filter((path) => moduleOf(path) !== 'web' && tierOf(moduleOf(path)) < 0);
  assert.deepEqual(lost, []);
});

test('no include goes against the order of the layers', () => {
  const wrong = [];
  for (const [from, includes] of graph) {
    for (const { file } of includes) {
      if (file && !allowed(from, file)) wrong.push(`${chainTo(from)} > ${file}`);
    }
  }
  assert.equal(wrong.join('\n'), '');
});

test('no two modules of one tier include each other', () => {
  for (const edge of sideways) {
    assert.ok(!sideways.has(edge.split(' > ').reverse().join(' > ')), edge);
  }
});

test('libraries and platforms are included only where they belong', () => {
  const foreign = /^(nlohmann|tsl|fast_float|imgui|emscripten|GLES|doctest|unistd|fcntl|sys\/|dirent|signal|termios)|^utf8proc|^fold_tables|^xxhash|wasm_simd128/;
  const wrong = [];
  for (const [from, includes] of graph) {
    const part = Object.keys(outside).filter((key) => from.startsWith(`${key}/`)).sort((a, b) => b.length - a.length)[0];
    for (const { name, file } of includes) {
      if (file || !foreign.test(name) || outside[part]?.test(name)) continue;
      wrong.push(`${chainTo(from)} > <${name}>`);
    }
  }
  assert.equal(wrong.join('\n'), '');
});

test('only core/base/json.cpp includes nlohmann', () => {
  const found = sources.filter((path) => graph.get(path).some(({ name }) => name.startsWith('nlohmann/')));
  assert.deepEqual(found.filter((path) => path !== 'core/base/json.cpp'), []);
});

test('imgui_internal.h stays in a few files', () => {
  const found = sources.filter((path) => graph.get(path).some(({ name }) => name === 'imgui_internal.h'));
  assert.ok(found.length <= 4, `included by ${found.join(', ')}`);
});

test('our own files are included by their path from the top', () => {
  const wrong = [];
  for (const [from, includes] of graph) {
    for (const { name, file, quoted } of includes) {
      if (quoted && file !== name && !/^(imgui|imgui_internal)\.h$/.test(name)) wrong.push(`${from}: "${name}"`);
    }
  }
  assert.equal(wrong.join('\n'), '');
});

test('headers stay light', () => {
  const heavy = new Set(['format', 'regex', 'iostream', 'sstream', 'ranges', 'filesystem', 'print', 'nlohmann/json.hpp']);
  const wrong = [];
  for (const [from, includes] of graph) {
    if (!from.endsWith('.h')) continue;
    for (const { name } of includes) if (heavy.has(name)) wrong.push(`${from}: <${name}>`);
  }
  assert.equal(wrong.join('\n'), '');
});
