// The repository's own files, for the lint tests: listed by git, or by walking where there is no git.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const ignoredFolders = new Set(['.git', 'build', 'dist', 'node_modules', '.cache']);

function walk(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (ignoredFolders.has(entry.name) || entry.isSymbolicLink()) return [];
    return entry.isDirectory() ? walk(path) : [path];
  });
}

function listFiles() {
  try {
    const listed = execFileSync('git', ['-c', 'safe.directory=*', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
      { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return listed.split('\0').filter((path) => path && statSync(join(root, path), { throwIfNoEntry: false })?.isFile());
  } catch {
    return walk('');
  }
}

export const files = listFiles().sort();
const kept = new Map();

export function read(path) {
  if (!kept.has(path)) kept.set(path, readFileSync(join(root, path), 'utf8'));
  return kept.get(path);
}

export const lineOf = (text, index) => text.slice(0, index).split('\n').length;

// C++ with comments blanked, and strings too unless kept; same length, same lines.
export function blanked(text, { keepStrings = false } = {}) {
  const token = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|R"([^()\s\\]*)\([\s\S]*?\)\1"|"(?:[^"\\\n]|\\.)*"|(?<![0-9a-fA-F])'(?:[^'\\\n]|\\.)+'/g;
  return text.replace(token, (match) => {
    if (keepStrings && !match.startsWith('//') && !match.startsWith('/*')) return match;
    return match.replace(/[^\n]/g, ' ');
  });
}

export const isCpp = (path) => /\.(cpp|h|inc)$/.test(path);
export const isOurCode = (path) => /^(core|ui|web|shell)\//.test(path);
export const isScript = (path) => /\.(js|mjs)$/.test(path);
