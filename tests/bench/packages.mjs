// The packages that the measurements of this folder need (package.json) and no test does: fetched by npm into the toolchain's
// folder the first time that one of them is run.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const wanted = fileURLToPath(new URL('package.json', import.meta.url));
const toolchain = process.env.OUTPOST_TOOLCHAIN ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'outpost-toolchain');
const folder = join(toolchain, 'bench');

const manifestOf = (name) => JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8'));
const isThere = ([name, version]) => existsSync(join(folder, 'node_modules', name, 'package.json')) && manifestOf(name).version === version;

// The folder in which they are (node_modules).
export function fetchPackages() {
  if (!Object.entries(JSON.parse(readFileSync(wanted, 'utf8')).dependencies).every(isThere)) {
    console.log('fetching the packages of tests/bench/package.json');
    mkdirSync(folder, { recursive: true });
    copyFileSync(wanted, join(folder, 'package.json'));
    execFileSync('npm', ['install', '--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  return join(folder, 'node_modules');
}

// A package's module.
export function load(name) {
  fetchPackages();
  const { exports, main } = manifestOf(name);
  const entry = typeof exports?.['.'] === 'object' ? exports['.'].import ?? exports['.'].default : exports?.['.'] ?? main;
  const path = typeof entry === 'object' ? entry.default : entry;
  return import(pathToFileURL(join(folder, 'node_modules', name, path)).href);
}
