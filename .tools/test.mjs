// Runs the tests by group and adds them up; test.sh is its front. While one build runs, the tests of the
// build before it run beside it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
const nativeBuild = 'build/native-debug';
const webBuild = 'build/web-release';
const nativeGroups = ['unit', 'property', 'sim', 'golden'];
const allGroups = ['lint', ...nativeGroups, 'wasm', 'ui', 'e2e', 'fuzz'];
// Browser tests that wait more than they compute (disks, kills, service workers): they run beside the others.
const waitingTests = ['damage', 'erase', 'full_disk', 'history', 'kill', 'native_shell', 'offline', 'server', 'store_worker', 'update'];
const fuzzRuns = 20000;
const fuzzSeconds = 10;
const minutes = (count) => count * 60_000;

const words = process.argv.slice(2);
const isGroup = (word) => word === 'native' || allGroups.includes(word);
const chosen = new Set(words.filter(isGroup).flatMap((word) => (word === 'native' ? nativeGroups : [word])));
const names = words.filter((word) => !isGroup(word)).map((word) => word.toLowerCase());
const wants = (group) => chosen.size === 0 || chosen.has(group);
const wantsName = (name) => names.every((word) => name.toLowerCase().includes(word));

const started = Date.now();
const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];

function progress(text) {
  console.log(`[${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s] ${text}`);
}

function add(label, { passed = 0, failed = 0, skipped = 0 }, output, seconds) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  if (passed + failed + skipped === 0) return;
  const parts = [`${passed} passed`];
  if (failed) parts.push(`${failed} FAILED`);
  if (skipped) parts.push(`${skipped} skipped`);
  progress(`${label}: ${parts.join(', ')} (${seconds.toFixed(1)} s)`);
  if (!failed) return;
  failures.push(label);
  console.log(output.split('\n').slice(-150).map((line) => `    ${line}`).join('\n'));
}

// Runs a program in a process group of its own, so that a time-out takes what it started along.
function run(program, args, { env = {}, limit = minutes(10) } = {}) {
  const begun = Date.now();
  return new Promise((done) => {
    const child = spawn(program, args, {
      env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: true,
    });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch { /* it had just ended */ }
    }, limit);
    const finish = (status) => {
      clearTimeout(timer);
      let output = Buffer.concat(chunks).toString('utf8');
      if (late) output += `\nstopped after ${limit / 1000} s`;
      done({ status: late ? -1 : status, output, seconds: (Date.now() - begun) / 1000 });
    };
    child.on('error', (error) => {
      chunks.push(Buffer.from(String(error)));
      finish(-1);
    });
    child.on('close', (status) => finish(status ?? -1));
  });
}

// --- Builds ------------------------------------------------------------------------------------------------
async function build(preset, targets) {
  progress(`building ${preset}: ${targets.join(' ')}`);
  const configured = await run('.tools/configure.sh', [preset]);
  const result = configured.status !== 0
    ? configured
    : await run('cmake', ['--build', '--preset', preset, '--target', ...targets], { limit: minutes(40) });
  if (result.status !== 0) add(`build ${preset}`, { failed: 1 }, result.output, result.seconds);
  else progress(`built ${preset} (${result.seconds.toFixed(1)} s)`);
  return result.status === 0;
}

// --- Kinds of tests ----------------------------------------------------------------------------------------
const sanitizers = {
  ASAN_OPTIONS: 'strict_string_checks=1:detect_stack_use_after_return=1',
  UBSAN_OPTIONS: 'print_stacktrace=1',
  ASAN_SYMBOLIZER_PATH: '/usr/bin/llvm-symbolizer-22',
};

async function doctest(label, program, args, filters, env = {}) {
  // doctest has no "and" between words: the longest one goes to it.
  const word = [...names].sort((a, b) => b.length - a.length)[0];
  const wanted = word ? [`--test-case=*${word.replaceAll(',', '?')}*`] : [];
  const result = await run(program, [...args, '--no-intro', '--no-version', ...filters, ...wanted], {
    env: { ...sanitizers, ...env }, limit: minutes(30),
  });
  const counts = result.output.match(/test cases:\s*(\d+) \|\s*(\d+) passed \|\s*(\d+) failed \|\s*(\d+) skipped/);
  const [passed, failed, skipped] = counts ? counts.slice(2).map(Number) : [0, 1, 0];
  const crashed = result.status !== 0 && failed === 0 ? 1 : 0;
  const filtered = wanted.length + filters.length > 0;
  add(label, { passed, failed: failed + crashed, skipped: filtered ? 0 : skipped }, result.output, result.seconds);
}

// Gives what is to be run once more: nothing, unless `again` asks for it and something failed. That is said then, and only
// what passed is counted. `only` are the tests to run, by their whole names; without it those that the filter leaves.
async function nodeTests(label, path, { env = {}, limit = minutes(10), again = false, only = [] } = {}) {
  const literal = (word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  const pattern = only.length > 0
    ? only.map((name) => `--test-name-pattern=/^${literal(name)}$/`)
    : names.filter((word) => !path.toLowerCase().includes(word)).map((word) => `--test-name-pattern=/${literal(word)}/i`);
  const result = await run(process.execPath, ['--test-reporter=tap', ...pattern, path], { env, limit });
  const count = (word) => Number(result.output.match(new RegExp(`^# ${word} (\\d+)$`, 'm'))?.[1] ?? 0);
  let failed = count('fail') + count('cancelled');
  if (result.status !== 0 && failed === 0) failed = 1;
  if (only.length > 0) failed = only.length - count('pass');   // one that isn't found has not passed
  let passed = count('pass'), skipped = pattern.length ? 0 : count('skipped') + count('todo');
  let later = null;
  if (failed > 0 && again) {
    const missed = [...result.output.matchAll(/^not ok \d+ - (.*)$/gm)].map(([, name]) => name.replace(/\\([#\\])/g, '$1'));
    progress(`${label}: ${failed} failed, to be run once more`);
    console.log(result.output.split('\n').filter((line) => /^not ok|error:/.test(line)).map((line) => `    ${line}`).join('\n'));
    if (missed.length !== failed) passed = skipped = 0;   // it broke off: the whole file
    later = { path, only: missed.length === failed ? missed : [] };
    failed = 0;
    if (passed + skipped === 0) return later;
  }
  add(label, { passed, failed, skipped }, result.output, result.seconds);
  return later;
}

async function filesIn(folder, ending) {
  if (!existsSync(folder)) return [];
  return (await readdir(folder)).filter((name) => name.endsWith(ending)).sort().map((name) => join(folder, name));
}

async function nodeGroup(group, env = {}) {
  for (const path of await filesIn(`tests/${group}`, '.test.mjs')) {
    await nodeTests(`${group} ${basename(path, '.test.mjs')}`, path, { env });
  }
}

async function nativeTests() {
  const env = { OUTPOST_SHELL: join(root, nativeBuild, 'outpost') };
  for (const group of nativeGroups.filter(wants)) {
    await doctest(`${group} (native)`, `${nativeBuild}/outpost_tests`, [], [`--source-file=*tests/${group}/*`]);
    await nodeGroup(group, env);
  }
  if (wants('ui')) await doctest('ui', `${nativeBuild}/outpost_ui_tests`, [], []);
  if (wants('fuzz')) await fuzzTests();
}

async function fuzzTests() {
  await mkdir('build/fuzz', { recursive: true });
  for (const path of await filesIn('tests/fuzz', '.cpp')) {
    const name = basename(path, '.cpp');
    if (!wantsName(name) && !wantsName(`fuzz_${name}`)) continue;
    const scratch = await mkdtemp(join(tmpdir(), 'outpost-fuzz-'));
    const kept = `tests/fuzz/corpus/${name}`;
    const result = await run(`${nativeBuild}/fuzz_${name}`, [
      scratch, ...(existsSync(kept) ? [kept] : []), '-seed=1', `-runs=${fuzzRuns}`,
      `-max_total_time=${fuzzSeconds}`, '-max_len=4096', '-timeout=10', '-rss_limit_mb=2048',
      `-artifact_prefix=build/fuzz/${name}-`,
    ], { env: sanitizers, limit: minutes(3) });
    await rm(scratch, { recursive: true, force: true });
    const passed = result.status === 0;
    add(`fuzz ${name}`, passed ? { passed: 1 } : { failed: 1 }, result.output, result.seconds);
  }
}

async function wasmTests() {
  if (!wants('wasm')) return;
  await doctest('wasm (Node)', process.execPath, [`${webBuild}/outpost_tests.js`], []);
}

async function browserTests() {
  const site = join(root, 'build/site');
  const made = await run(process.execPath, ['.tools/dist.mjs', webBuild, site]);
  if (made.status !== 0) return add('site', { failed: 1 }, made.output, made.seconds);
  progress(made.output.trim());
  const files = await filesIn('tests/e2e', '.test.mjs');
  if (files.length > 0 && !process.env.OUTPOST_BROWSER) {
    return add('e2e', { failed: 1 }, 'no browser was found: install chromium', 0);
  }
  const test = (path, more) => {
    const kills = path.endsWith('kill.test.mjs') ? Number(process.env.OUTPOST_KILLS ?? 0) : 0;  // as many as somebody asked for
    return nodeTests(`e2e ${basename(path, '.test.mjs')}`, path, { env: { OUTPOST_SITE: site }, limit: minutes(10 + kills / 3), ...more });
  };
  // A browser test may miss a deadline on a busy machine: each test that failed is run once more, alone, and that is
  // said. One that fails both times has failed.
  const later = [];
  const waits = (path) => waitingTests.includes(basename(path, '.test.mjs'));
  const waiting = files.filter(waits), others = files.filter((path) => !waits(path));
  const lane = async (next) => {
    for (let path = next(); path; path = next()) {
      const missed = await test(path, { again: true });
      if (missed) later.push(missed);
    }
  };
  const lanes = [lane(() => others.shift() ?? waiting.shift())];
  if (availableParallelism() > 1) lanes.push(lane(() => waiting.shift()));   // no others: two that compute miss their deadlines
  await Promise.all(lanes);
  for (const { path, only } of later) await test(path, { only });
}

// --- All of it -----------------------------------------------------------------------------------------------
if (wants('lint')) {
  for (const path of await filesIn('tests/lint', '.test.mjs')) {
    await nodeTests(`lint ${basename(path, '.test.mjs')}`, path);
  }
}

const hasFuzzers = (await filesIn('tests/fuzz', '.cpp')).length > 0;
const nativeTargets = [
  ...(nativeGroups.some(wants) ? ['outpost_tests', 'outpost'] : []),
  ...(wants('ui') ? ['outpost_ui_tests'] : []),
  ...(wants('fuzz') && hasFuzzers ? ['fuzzers'] : []),
];
const webTargets = [
  ...(wants('wasm') ? ['outpost_tests'] : []),
  ...(wants('e2e') ? ['outpost_app'] : []),
  ...(wants('e2e') && existsSync('tests/e2e/platform.test.mjs') ? ['platform_demo'] : []),
];

let native = Promise.resolve();
if (nativeTargets.length > 0 && (await build('native-debug', nativeTargets))) native = nativeTests();
const webBuilt = webTargets.length > 0 && (await build('web-release', webTargets));
await native;
if (webBuilt) {
  await wasmTests();
  if (wants('e2e')) await browserTests();
}

if (total.passed + total.failed === 0 && words.length > 0) {
  console.log(`No test matches "${words.join(' ')}".`);
  total.failed = 1;
}
if (failures.length > 0) console.log(`\nFailed: ${failures.join('; ')}`);
progress('done');
const skipped = total.skipped ? `, ${total.skipped} skipped` : '';
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed === 0 ? 0 : 1);
