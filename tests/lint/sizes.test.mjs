// Functions fit a screen, files a sitting. The rule is about 70 and 500 lines; past 100 and 600 it fails.
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { blanked, files, isCpp, isOurCode, isScript, lineOf, read, root } from './sources.mjs';

const fileLinesMax = 600;
const functionLinesWanted = 70;
const functionLinesMax = 100;
const fileBytesMax = 1024 * 1024;

// Function bodies by their braces: a block with parentheses before it, straight inside namespaces and types.
function functionsOf(text) {
  const code = blanked(text).replace(/^[ \t]*#.*(?:\\\n.*)*$/gm, (line) => line.replace(/[^\n]/g, ' '));
  const found = [];
  const open = [];
  let headStart = 0;
  for (let index = 0; index < code.length; index++) {
    const character = code[index];
    if (character === '{') {
      const head = code.slice(headStart, index).trim();
      const inside = open.every((block) => block.kind === 'container');
      let kind = 'block';
      if (inside && /\b(namespace|class|struct|union|enum)\b[^()=]*$/.test(head)) kind = 'container';
      else if (inside && /^extern\b/.test(head) && !head.includes('(')) kind = 'container';
      else if (inside && head.includes('(') && !/=\s*$/.test(head)) kind = 'function';
      const start = headStart + (code.slice(headStart, index).length - code.slice(headStart, index).trimStart().length);
      open.push({ kind, start, head });
      headStart = index + 1;
    } else if (character === '}') {
      const block = open.pop();
      if (block?.kind === 'function') {
        const first = lineOf(code, block.start);
        const lines = lineOf(code, index) - first + 1;
        found.push({ name: block.head.match(/([\w:~]+)\s*\(/)?.[1] ?? '?', first, lines });
      }
      headStart = index + 1;
    } else if (character === ';') {
      headStart = index + 1;
    }
  }
  return found;
}

test('no source file is over 600 lines', () => {
  const long = files.filter((path) => (isOurCode(path) || /^(public|tests|\.tools)\//.test(path)) &&
    (isScript(path) || /\.(cpp|h)$/.test(path)))
    .map((path) => [read(path).split('\n').length - 1, path]).filter(([lines]) => lines > fileLinesMax);
  assert.equal(long.map(([lines, path]) => `${path}: ${lines} lines`).join('\n'), '');
});

test('no function is over 100 lines', (context) => {
  const long = files.filter((path) => isOurCode(path) && isCpp(path)).flatMap((path) =>
    functionsOf(read(path)).filter(({ lines }) => lines > functionLinesWanted)
      .map(({ name, first, lines }) => ({ lines, text: `${path}:${first}: ${name} has ${lines} lines` })));
  for (const { text } of long) context.diagnostic(text);
  assert.equal(long.filter(({ lines }) => lines > functionLinesMax).map(({ text }) => text).join('\n'), '');
});

test('no file is over 1 MB', () => {
  const big = files.filter((path) => statSync(join(root, path)).size > fileBytesMax);
  assert.deepEqual(big, []);
});
