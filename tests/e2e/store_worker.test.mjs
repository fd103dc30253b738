// The private files' worker over files in memory, without a browser: killed at every single write, it opens with all that
// was acknowledged, the newest committed snapshot whole, and the whole history; ranges of a long history are found.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import vm from 'node:vm';
import { root } from './support.mjs';

const source = readFileSync(join(root, 'web/page/store_worker.js'), 'utf8');

class Killed extends Error {}

// A file system that stops the process at its n-th change, of which half is done. What was deleted is still there for
// those who have it open.
class Disk {
  files = new Map();
  changes = 0;
  killAt = Infinity;
  bytesRead = 0;
  isFull = false;
  step() { return ++this.changes >= this.killAt; }
  deleteAll() { this.files.clear(); }
  // As a browser has them: found only by their names.
  folder() {
    const find = async (name, { create = false } = {}) => {
      if (!this.files.has(name) && !create) throw new DOMException('', 'NotFoundError');
      if (!this.files.has(name)) this.files.set(name, { bytes: new Uint8Array(0) });
      const file = this.files.get(name);
      return { createSyncAccessHandle: async () => this.handle(file), getFile: async () => ({ size: file.bytes.length }) };
    };
    return { getFileHandle: find };
  }
  handle(file) {
    const disk = this;
    const resize = (size) => {
      const bytes = new Uint8Array(size);
      bytes.set(file.bytes.subarray(0, size));
      file.bytes = bytes;
    };
    const view = (data) => (ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data));
    return {
      getSize: () => file.bytes.length,
      read(into, { at }) {
        const part = file.bytes.subarray(at, at + into.byteLength);
        view(into).set(part);
        disk.bytesRead += part.length;
        return part.length;
      },
      write(data, { at }) {
        if (disk.isFull) return 0;
        const killed = disk.step();
        const bytes = killed ? view(data).subarray(0, data.byteLength >> 1) : view(data);
        if (at + bytes.length > file.bytes.length) resize(at + bytes.length);
        file.bytes.set(bytes, at);
        if (killed) throw new Killed();
        return bytes.length;
      },
      truncate(size) {
        if (disk.step()) throw new Killed();
        resize(size);
      },
      flush() { if (disk.step()) throw new Killed(); },
      close() {},
    };
  }
}

// A worker's life on the disk; `ask` gives its answer, or throws Killed.
async function start(disk) {
  const answers = new Map();
  const global = vm.createContext({
    navigator: { storage: { getDirectory: async () => ({ getDirectoryHandle: async () => disk.folder() }) } },
    postMessage: (answer) => answers.set(answer.ticket, answer), onmessage: null, setTimeout, DOMException, Uint8Array, DataView, ArrayBuffer, Math, Infinity,
  });
  vm.runInContext(source, global);
  let ticket = 0;
  const ask = async (message) => {
    global.onmessage({ data: { ...message, ticket: ++ticket } });
    const mine = ticket;
    while (!answers.has(mine)) await new Promise((done) => setImmediate(done));
    const answer = answers.get(mine);
    answers.delete(mine);
    if (answer.error) throw disk.changes >= disk.killAt ? new Killed() : new Error(answer.error);
    return answer;
  };
  const opened = await ask({ op: 'open' });
  return { ask, opened };
}

function frame(sequence, length = 40) {
  const bytes = new Uint8Array(24 + length), view = new DataView(bytes.buffer);
  const high = Math.floor(sequence / 4294967296), low = sequence >>> 0;
  view.setUint32(0, 0x314A504F, true);
  view.setUint32(4, (Math.imul(length, 0x9E3779B1) ^ Math.imul(low, 0x85EBCA77) ^ Math.imul(high, 0xC2B2AE3D)) >>> 0, true);
  view.setUint32(8, length, true);
  view.setUint32(16, low, true);
  view.setUint32(20, high, true);
  for (let i = 0; i < length; ++i) bytes[24 + i] = (sequence * 7 + i) & 255 || 79;  // with an O here and there
  return bytes;
}

// The sequences of the whole frames from the start on, and where they end.
function sequences(buffer) {
  const bytes = new Uint8Array(buffer), view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length), list = [];
  let at = 0;
  while (at + 24 <= bytes.length) {
    const length = view.getUint32(at + 8, true), sequence = view.getUint32(at + 16, true);
    if (view.getUint32(at, true) !== 0x314A504F || at + 24 + length > bytes.length) break;
    assert.equal(Buffer.compare(bytes.subarray(at, at + 24 + length), frame(sequence, length)), 0);
    list.push(sequence);
    at += 24 + length;
  }
  return { list, end: at, whole: at === bytes.length };
}

const text = (sequence) => new TextEncoder().encode(`snapshot ${sequence} ${'.'.repeat(sequence % 300)}`);

// One life: opens, checks what is there, appends and takes snapshots until the plan ends or the kill comes.
async function live(disk, model) {
  const { ask, opened } = await start(disk);
  const { list, end, whole } = sequences(opened.journal);
  if (!whole) await ask({ op: 'truncate', size: end });
  const newest = Math.max(opened.sequence, list.at(-1) ?? 0);
  assert.ok(newest >= model.acknowledged, `${newest} is there, ${model.acknowledged} was acknowledged`);
  assert.ok(opened.sequence >= model.snapshot, `snapshot ${opened.sequence}, ${model.snapshot} was acknowledged`);
  if (opened.sequence) assert.deepEqual(new Uint8Array(opened.snapshot), text(opened.sequence));
  const live = list.filter((sequence) => sequence > opened.sequence);
  assert.deepEqual(live, Array.from({ length: newest - opened.sequence }, (_, i) => opened.sequence + 1 + i));
  const all = sequences((await ask({ op: 'history', first: 1, last: Infinity, max: Infinity })).bytes);
  assert.deepEqual(all.list, Array.from({ length: newest }, (_, i) => i + 1), 'the history is whole');
  model.acknowledged = newest;
  for (let step = 0; step < 14; ++step) {
    const next = model.acknowledged + 1;
    await ask({ op: 'append', bytes: frame(next, next % 90), last: next });
    model.acknowledged = next;
    if (step % 4 !== 3) continue;
    const at = next - (step % 8 === 7 ? 2 : 0);  // with entries after it, too
    await ask({ op: 'begin' });
    await ask({ op: 'write', bytes: text(at).slice(0, 5) });
    await ask({ op: 'write', bytes: text(at).slice(5) });
    await ask({ op: 'commit', sequence: at, drop: false });
    model.snapshot = at;
  }
}

test('killed at any write, all that was acknowledged is there, with its history', async () => {
  for (let killAt = 1; killAt <= 75; ++killAt) {
    const disk = new Disk(), model = { acknowledged: 0, snapshot: 0 };
    for (let life = 0; life < 3; ++life) {
      disk.changes = 0;
      disk.killAt = life < 2 ? killAt : Infinity;
      try { await live(disk, model); } catch (error) {
        if (!(error instanceof Killed)) throw new Error(`kill at ${killAt}, life ${life}: ${error.message}`, { cause: error });
      }
    }
  }
});

test('ranges of a long history are found without reading all of it', async () => {
  const disk = new Disk(), { ask } = await start(disk);
  for (let first = 1; first <= 60_000; first += 500) {
    const batch = Array.from({ length: 500 }, (_, i) => frame(first + i, first + i === 30_000 ? 3_000_000 : 100));
    const bytes = new Uint8Array(batch.reduce((size, part) => size + part.length, 0));
    let at = 0;
    for (const part of batch) { bytes.set(part, at); at += part.length; }
    await ask({ op: 'append', bytes, last: first + 499 });
  }
  for (const [first, last] of [[1, 1], [59_990, 60_000], [29_999, 30_001], [30_001, 30_010], [12_345, 12_400], [60_001, 60_100]]) {
    disk.bytesRead = 0;
    const { list, whole } = sequences((await ask({ op: 'history', first, last, max: Infinity })).bytes);
    assert.deepEqual(list, Array.from({ length: Math.max(0, Math.min(last, 60_000) - first + 1) }, (_, i) => first + i));
    assert.ok(whole);
    const besideLargeEntry = first > 29_000 && first < 31_000;
    assert.ok(besideLargeEntry || disk.bytesRead < 4_000_000, `${first}: ${disk.bytesRead} bytes read`);
  }
  const piece = await ask({ op: 'history', first: 100, last: 50_000, max: 10_000 });
  assert.equal(sequences(piece.bytes).list[0], 100);
  assert.equal(sequences(piece.bytes).list.at(-1), piece.newest);
  assert.ok(piece.bytes.length <= 10_000);
});

test('a filled history comes before the journal, and a replaced store has none', async () => {
  const disk = new Disk();
  let { ask } = await start(disk);
  await ask({ op: 'fill', bytes: frame(1), last: 1 });
  await ask({ op: 'fill', bytes: frame(2), last: 2 });
  await ask({ op: 'begin' });
  await ask({ op: 'write', bytes: text(2) });
  await ask({ op: 'commit', sequence: 2, drop: false });
  await ask({ op: 'append', bytes: frame(3), last: 3 });
  let opened;
  ({ ask, opened } = await start(disk));
  assert.deepEqual(sequences(opened.journal).list, [3]);
  assert.equal((await ask({ op: 'filled' })).newest, 2);
  const told = async () => sequences((await ask({ op: 'history', first: 1, last: Infinity, max: Infinity })).bytes).list;
  assert.deepEqual(await told(), [1, 2, 3]);
  await ask({ op: 'begin' });
  await ask({ op: 'write', bytes: text(9) });
  await ask({ op: 'commit', sequence: 9, drop: true });
  ({ ask, opened } = await start(disk));
  assert.equal(opened.sequence, 9);
  assert.deepEqual(await told(), []);
  await ask({ op: 'append', bytes: frame(10), last: 10 });
  assert.deepEqual(await told(), [10]);
  await ask({ op: 'erase' });
  ({ ask, opened } = await start(disk));
  assert.equal(opened.sequence, 0);
  assert.equal(opened.snapshot, null);
  assert.deepEqual(await told(), []);
  for (const [name, file] of disk.files) assert.equal(file.bytes.length, 0, name);
});

test('a snapshot of which a part is gone is told, until it is written anew', async () => {
  const disk = new Disk();
  let { ask, opened } = await start(disk);
  const write = async () => {
    await ask({ op: 'begin' });
    await ask({ op: 'write', bytes: text(2) });
    await ask({ op: 'commit', sequence: 2, drop: false });
  };
  assert.equal(opened.isCut, false);
  await ask({ op: 'append', bytes: frame(1), last: 1 });
  await ask({ op: 'append', bytes: frame(2), last: 2 });
  await write();
  ({ ask, opened } = await start(disk));
  assert.equal(opened.isCut, false);
  for (const file of disk.files.values()) if (file.bytes.length === text(2).length) file.bytes = file.bytes.slice(0, 5);
  ({ ask, opened } = await start(disk));
  assert.equal(opened.isCut, true);
  assert.deepEqual(new Uint8Array(opened.snapshot), text(2).slice(0, 5));
  await write();
  ({ opened } = await start(disk));
  assert.equal(opened.isCut, false);
  assert.deepEqual(new Uint8Array(opened.snapshot), text(2));
});

test('an erasure that is cut off leaves all or nothing', async () => {
  for (let run = 2; run < 30; ++run) {
    const killAt = run >> 1, begins = run & 1 ? 2 ** 32 : 0;
    const disk = new Disk();
    const { ask } = await start(disk);
    for (let i = 1; i <= 5; ++i) await ask({ op: 'append', bytes: frame(i), last: i });
    await ask({ op: 'begin' });
    await ask({ op: 'write', bytes: text(3) });
    await ask({ op: 'commit', sequence: 3, drop: false });
    disk.changes = 0;
    disk.killAt = killAt;
    await ask({ op: 'erase', start: begins }).catch((error) => { if (!(error instanceof Killed)) throw error; });
    disk.killAt = Infinity;
    const { opened, ask: again } = await start(disk);
    const { list } = sequences(opened.journal);
    if (opened.sequence === 3) assert.deepEqual(list, [4, 5]);
    else assert.deepEqual([opened.sequence, list], [begins, []], `kill at ${killAt}`);
    // Whatever is entered then counts, also after many more bytes than there were.
    await again({ op: 'erase' });
    for (let i = 1; i <= 30; ++i) await again({ op: 'append', bytes: frame(i), last: i });
    assert.equal(sequences((await start(disk)).opened.journal).list.length, 30);
  }
});

test('files that are deleted while they are open are noticed, and written anew with all that they held', async () => {
  const disk = new Disk(), { ask } = await start(disk);
  for (let i = 1; i <= 6; ++i) await ask({ op: 'append', bytes: frame(i), last: i });
  await ask({ op: 'begin' });
  await ask({ op: 'write', bytes: text(4) });
  await ask({ op: 'commit', sequence: 4, drop: false });
  assert.equal((await ask({ op: 'look' })).whole, true);
  disk.deleteAll();
  assert.equal((await ask({ op: 'look' })).whole, false);
  await ask({ op: 'append', bytes: frame(7), last: 7 });  // as a disk does: it goes nowhere
  await assert.rejects(ask({ op: 'append', bytes: frame(8), last: 8, sure: true }), /NotFoundError/);
  disk.isFull = true;
  await assert.rejects(ask({ op: 'open' }), /QuotaExceededError/);
  disk.deleteAll();  // once more, what was begun
  await assert.rejects(ask({ op: 'open' }), /QuotaExceededError/);
  disk.isFull = false;
  const opened = await ask({ op: 'open' });
  assert.equal(opened.sequence, 4);
  assert.deepEqual(sequences(opened.journal).list, [5, 6, 7, 8]);
  assert.equal((await ask({ op: 'look' })).whole, true);
  await ask({ op: 'append', bytes: frame(9), last: 9, sure: true });
  const next = await start(disk);
  assert.deepEqual(new Uint8Array(next.opened.snapshot), text(4));
  assert.deepEqual(sequences(next.opened.journal).list, [5, 6, 7, 8, 9]);
  assert.deepEqual(sequences((await next.ask({ op: 'history', first: 1, last: Infinity, max: Infinity })).bytes).list, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('killed while deleted files are written anew, nothing that is found is wrong', async () => {
  for (let killAt = 1; killAt <= 14; ++killAt) {
    const disk = new Disk(), { ask } = await start(disk);
    for (let i = 1; i <= 6; ++i) await ask({ op: 'append', bytes: frame(i), last: i });
    await ask({ op: 'begin' });
    await ask({ op: 'write', bytes: text(4) });
    await ask({ op: 'commit', sequence: 4, drop: false });
    disk.deleteAll();
    disk.changes = 0;
    disk.killAt = killAt;
    await ask({ op: 'open' }).catch((error) => { if (!(error instanceof Killed)) throw error; });
    disk.killAt = Infinity;
    const { opened } = await start(disk);
    const live = sequences(opened.journal).list.filter((sequence) => sequence > opened.sequence);
    assert.deepEqual(live, Array.from({ length: live.length }, (_, i) => opened.sequence + 1 + i), `kill at ${killAt}`);
    if (opened.sequence) assert.deepEqual(new Uint8Array(opened.snapshot), text(4));
  }
});
