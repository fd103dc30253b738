// The native shell as a script uses it: every command of the contract, its answers and exit statuses, and that what it
// answered survives a SIGKILL. Alone: node tests/e2e/native_shell.test.mjs (OUTPOST_PROGRAM names another build)
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = process.env.OUTPOST_PROGRAM ??
  ['native-debug', 'native-release'].map((name) => join(root, 'build', name, 'outpost')).find(existsSync);

function makeStore(t) {
  const folder = mkdtempSync(join(tmpdir(), 'outpost-store-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const data = join(folder, 'data');
  const run = (words, options = {}) => {
    const { status, stdout, stderr } = spawnSync(program, ['--data', data, ...words], { encoding: 'utf8', ...options });
    return { status, stdout, stderr };
  };
  const execute = (command) => JSON.parse(run(['execute', JSON.stringify(command)]).stdout);
  const query = (soql) => JSON.parse(run(['query', soql]).stdout);
  return { folder, data, run, execute, query };
}

const createAccount = (name) => ({ command: 'CreateRecord', object: 'Account', fields: { Name: name } });

test('duplicates: a question is answered with reasons, a wrong one is refused', (t) => {
  const store = makeStore(t);
  const acme = store.execute(createAccount('Acme GmbH'));
  const { status, stdout } = store.run(['duplicates', JSON.stringify({ object: 'Account', fields: { Name: 'ACME, Inc.' } })]);
  assert.equal(status, 0);
  assert.deepEqual(JSON.parse(stdout).duplicates, [{ object: 'Account', id: acme.id, name: 'Acme GmbH', score: 80, reasons: ['SameName'], rule: null }]);
  assert.equal(store.run(['duplicates', '{"object": "Task", "fields": {}}']).status, 1);
  assert.equal(store.run(['duplicates']).status, 2);
});

test('help is printed wherever it is asked for, and nothing is done', (t) => {
  const store = makeStore(t);
  for (const words of [['--help'], ['import', '--help'], ['import', 'accounts.csv', '-h']]) {
    const { status, stdout } = store.run(words);
    assert.equal(status, 0);
    assert.match(stdout, /^usage: outpost/);
  }
  assert.equal(existsSync(store.data), false);
});

test('create, query, describe, and the exit statuses', (t) => {
  const store = makeStore(t);
  const created = store.execute(createAccount('Acme'));
  assert.equal(created.ok, true);
  assert.match(created.id, /^001/);
  const answer = store.query("SELECT Id, Name FROM Account WHERE Name = 'Acme'");
  assert.equal(answer.totalSize, 1);
  assert.equal(answer.records[0].attributes.type, 'Account');
  assert.equal(answer.records[0].Id, created.id);

  assert.equal(store.run(['query', 'SELECT Name FROM Account', '--format', 'csv']).stdout.trim(), 'Name\r\nAcme');
  assert.match(store.run(['query', 'SELECT Name FROM Account', '--format', 'table']).stdout, /Acme/);
  const fields = JSON.parse(store.run(['describe', 'Opportunity']).stdout).fields;
  const stage = fields.find((field) => field.name === 'StageName');
  assert.equal(stage.type, 'picklist');
  const won = stage.picklistValues.find((value) => value.value === 'Closed Won');
  assert.deepEqual([won.probability, won.forecastCategory, won.closed, won.won], [100, 'Closed', true, true]);
  assert.equal('probability' in fields.find((field) => field.name === 'Type').picklistValues[0], false);
  const leadStatus = JSON.parse(store.run(['describe', 'Lead']).stdout).fields.find((field) => field.name === 'Status');
  assert.equal(leadStatus.picklistValues.filter((value) => value.converted).length, 1);

  const typo = store.run(['query', 'SELECT Nmae FROM Account']);
  assert.equal(typo.status, 1);
  assert.match(typo.stderr, /Nmae/);
  assert.equal(store.run(['execute', JSON.stringify({ command: 'CreateRecord', object: 'Account', fields: {} })]).status, 1);
  assert.equal(store.run(['nonsense']).status, 2);
  assert.equal(spawnSync(program, ['query', 'SELECT Id FROM Account']).status, 2);
});

test('one command a line on standard input, one answer a line', (t) => {
  const store = makeStore(t);
  const lines = [createAccount('A'), { command: 'Nonsense' }, createAccount('B')].map((line) => JSON.stringify(line));
  const { status, stdout } = store.run(['execute', '-'], { input: `${lines.join('\n')}\n` });
  const answers = stdout.trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(status, 1);
  assert.deepEqual(answers.map((answer) => answer.ok), [true, false, true]);
  assert.equal(answers[1].error.code, 'UNKNOWN_COMMAND');
  assert.equal(store.query('SELECT COUNT(Id) n FROM Account').records[0].n, 2);
});

test('lines that wait share one sync, and whoever waits for an answer gets it at once', { timeout: 60_000 }, async (t) => {
  const store = makeStore(t);
  const child = spawn(program, ['--data', store.data, 'execute', '-'], { stdio: ['pipe', 'pipe', 'inherit'] });
  t.after(() => child.kill());
  let answers = '', pieces = 0, told = () => {};
  child.stdout.on('data', (data) => { answers += data; ++pieces; told(); });
  const answered = (count) => new Promise((done) => {
    told = () => { if (answers.split('\n').length > count) done(); };
    told();
  });
  for (let i = 0; i < 3; ++i) {
    child.stdin.write(`${JSON.stringify(createAccount(`A${i}`))}\n`);
    await answered(i + 1);
  }
  const lines = Array.from({ length: 600 }, (_, i) => JSON.stringify(createAccount(`B${i}`)));
  pieces = 0;
  child.stdin.end(lines.join('\n'));
  await answered(603);
  assert.ok(pieces < 20, `${pieces} pieces`);
  assert.deepEqual(answers.trim().split('\n').map((line) => JSON.parse(line).seq), Array.from({ length: 603 }, (_, i) => i + 2));
  assert.equal(store.query('SELECT COUNT(Id) n FROM Account').records[0].n, 603);
});

test('undo reaches over the end of the process', (t) => {
  const store = makeStore(t);
  store.execute(createAccount('Kept'));
  store.execute(createAccount('Taken back'));
  assert.equal(store.execute({ command: 'Undo' }).ok, true);
  assert.deepEqual(store.query('SELECT Name FROM Account').records.map((record) => record.Name), ['Kept']);
  assert.equal(store.execute({ command: 'Redo' }).ok, true);
  assert.equal(store.query('SELECT Name FROM Account').totalSize, 2);
});

test('sample data, verify, backup and restore', (t) => {
  const store = makeStore(t);
  assert.equal(store.run(['generate', '--opportunities', '300', '--seed', '7']).status, 0);
  const count = store.query('SELECT COUNT(Id) n FROM Opportunity').records[0].n;
  assert.ok(count >= 300);
  assert.equal(store.run(['verify']).status, 0);
  const file = join(store.folder, 'all.outpost');
  assert.equal(store.run(['backup', file]).status, 0);
  store.execute(createAccount('After the backup'));

  const other = makeStore(t);
  assert.equal(other.run(['restore', file]).status, 0);
  assert.equal(other.query('SELECT COUNT(Id) n FROM Opportunity').records[0].n, count);
  assert.equal(other.run(['verify']).status, 0);

  assert.equal(store.run(['restore', file]).status, 0);
  assert.equal(store.query("SELECT Id FROM Account WHERE Name = 'After the backup'").totalSize, 0);
  assert.equal(store.execute(createAccount('And on')).ok, true);
  assert.equal(store.run(['verify']).status, 0);

  const bytes = readFileSync(file);
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(file, bytes);
  assert.equal(store.run(['restore', file]).status, 1);
  assert.equal(store.query("SELECT Id FROM Account WHERE Name = 'And on'").totalSize, 1);
});

test('what was answered is there after a SIGKILL, whole', async (t) => {
  const store = makeStore(t);
  for (let round = 0; round < 8; round++) {
    const child = spawn(program, ['--data', store.data, 'execute', '-'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = new Promise((resolve) => { child.on('close', resolve); });
    let text = '';
    child.stdout.on('data', (bytes) => {
      text += bytes;
      if (text.split('\n').length > 3 + round * 2) child.kill('SIGKILL');
    });
    child.stdin.on('error', () => {});
    for (let i = 0; i < 400; i++) child.stdin.write(`${JSON.stringify(createAccount(`R${round} N${i}`))}\n`);
    await ended;
    const answered = text.split('\n').slice(0, -1).map((line) => JSON.parse(line)).filter((answer) => answer.ok);
    const kept = new Set(store.query('SELECT Id FROM Account').records.map((record) => record.Id));
    for (const answer of answered) assert.ok(kept.has(answer.id), `${answer.id} was answered and is gone`);
    assert.equal(store.run(['verify']).status, 0);
  }
});

test('an append that was cut off is no damage; a damaged byte is reported', (t) => {
  const store = makeStore(t);
  for (const name of ['A', 'B', 'C']) store.execute(createAccount(name));
  const log = join(store.data, 'journal.log');
  if (!readdirSync(store.data).includes('journal.log')) return;
  truncateSync(log, statSync(log).size - 5);
  assert.deepEqual(store.query('SELECT Name FROM Account ORDER BY Name').records.map((record) => record.Name), ['A', 'B']);
  store.execute(createAccount('D'));
  assert.equal(store.query('SELECT Id FROM Account').totalSize, 3);
});
