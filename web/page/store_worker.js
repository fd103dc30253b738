// The store's second copy, in the origin private file system: a journal that is appended to and flushed, and a
// snapshot that is replaced whole. Two files of each take turns; a commit record of 64 bytes, written last, says
// which of them count. Knows only the frames' headers (web/store_frames.h), not what is in them.
'use strict';

const frameMagic = 0x314A504F, commitMagic = 0x3143504F, frameHeader = 24, commitSize = 64;
let files = null, current = null, journalSize = 0, snapshotSize = 0;

function checksum(view, length) {
  let hash = 0x811C9DC5;
  for (let i = 0; i < length; i++) hash = Math.imul(hash ^ view.getUint8(i), 0x01000193);
  return hash >>> 0;
}

function readCommit(index) {
  const view = new DataView(new ArrayBuffer(commitSize));
  if (files.commit.read(view, { at: index * commitSize }) !== commitSize) return null;
  if (view.getUint32(0, true) !== commitMagic || view.getUint32(60, true) !== checksum(view, 60)) return null;
  return { generation: view.getFloat64(8, true), size: view.getFloat64(16, true), sequence: view.getFloat64(24, true) };
}

function writeCommit(record) {
  const view = new DataView(new ArrayBuffer(commitSize));
  view.setUint32(0, commitMagic, true);
  view.setFloat64(8, record.generation, true);
  view.setFloat64(16, record.size, true);
  view.setFloat64(24, record.sequence, true);
  view.setUint32(60, checksum(view, 60), true);
  writeAll(files.commit, new Uint8Array(view.buffer), (record.generation & 1) * commitSize);
  files.commit.flush();
}

function writeAll(file, bytes, at) {
  const written = file.write(bytes, { at });
  if (written !== bytes.byteLength) throw new DOMException('short write', 'QuotaExceededError');
}

const slotOf = (generation) => generation & 1;
const journal = () => files['journal-' + slotOf(current.generation)];
const snapshot = (generation) => files['snapshot-' + slotOf(generation)];

function readWhole(file, size) {
  const bytes = new Uint8Array(Math.min(size, file.getSize()));
  const count = file.read(bytes, { at: 0 });
  return count === bytes.length ? bytes.buffer : bytes.slice(0, count).buffer;
}

async function openFiles() {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle('outpost', { create: true });
  const names = ['commit', 'journal-0', 'journal-1', 'snapshot-0', 'snapshot-1'];
  const handles = await Promise.all(names.map(async (name) => {
    const file = await folder.getFileHandle(name, { create: true });
    // A page that was just closed may hold its files for some milliseconds more.
    for (let attempt = 0; ; attempt++) {
      try { return await file.createSyncAccessHandle(); } catch (error) {
        if (attempt >= 40) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }));
  files = Object.fromEntries(names.map((name, i) => [name, handles[i]]));
}

async function open() {
  if (!files) await openFiles();
  const records = [readCommit(0), readCommit(1)].filter(Boolean).sort((a, b) => b.generation - a.generation);
  current = records[0] ?? { generation: 0, size: 0, sequence: 0 };
  journalSize = journal().getSize();
  const hasSnapshot = current.size > 0;
  const answer = {
    sequence: current.sequence, size: current.size,
    journal: readWhole(journal(), journalSize),
    snapshot: hasSnapshot ? readWhole(snapshot(current.generation), current.size) : null,
  };
  postMessage(answer, [answer.journal, ...(answer.snapshot ? [answer.snapshot] : [])]);
}

function append(bytes) {
  try {
    writeAll(journal(), bytes, journalSize);
    journal().flush();
    journalSize += bytes.byteLength;
  } catch (error) {
    try { journal().truncate(journalSize); } catch { /* the rest is cut off when it is next opened */ }
    throw error;
  }
}

// The frames of the present journal that a snapshot at `sequence` does not cover.
function framesAfter(sequence) {
  const bytes = new Uint8Array(readWhole(journal(), journalSize)), view = new DataView(bytes.buffer);
  let at = 0;
  while (at + frameHeader <= bytes.length) {
    const length = view.getUint32(at + 8, true);
    const low = view.getUint32(at + 16, true), high = view.getUint32(at + 20, true);
    const check = (Math.imul(length, 0x9E3779B1) ^ Math.imul(low, 0x85EBCA77) ^ Math.imul(high, 0xC2B2AE3D)) >>> 0;
    const whole = view.getUint32(at, true) === frameMagic && view.getUint32(at + 4, true) === check;
    if (whole && high * 4294967296 + low > sequence) return bytes.subarray(at);
    at = whole ? at + frameHeader + length : at + 1;
  }
  return bytes.subarray(bytes.length);
}

function commit(sequence, keep) {
  const next = { generation: current.generation + 1, size: snapshotSize, sequence };
  const kept = keep ? framesAfter(sequence) : new Uint8Array(0);
  const file = snapshot(next.generation), log = files['journal-' + slotOf(next.generation)];
  file.truncate(snapshotSize);
  file.flush();
  log.truncate(0);
  if (kept.length) writeAll(log, kept, 0);
  log.flush();
  writeCommit(next);
  const oldJournal = journal(), oldSnapshot = snapshot(current.generation);
  current = next;
  journalSize = kept.length;
  oldJournal.truncate(0);
  oldSnapshot.truncate(0);
}

const operations = {
  append: ({ bytes }) => append(bytes),
  begin: () => { snapshotSize = 0; snapshot(current.generation + 1).truncate(0); },
  write: ({ bytes }) => { writeAll(snapshot(current.generation + 1), bytes, snapshotSize); snapshotSize += bytes.length; },
  commit: ({ sequence, keep }) => commit(sequence, keep),
  truncate: ({ size }) => { journal().truncate(size); journal().flush(); journalSize = size; },
  erase: () => {
    // The snapshot first stops counting, then goes.
    writeCommit({ generation: current.generation + 1, size: 0, sequence: 0 });
    for (const name of ['journal-0', 'journal-1', 'snapshot-0', 'snapshot-1']) { files[name].truncate(0); files[name].flush(); }
    files.commit.truncate(0);
    files.commit.flush();
    current = { generation: 0, size: 0, sequence: 0 };
    journalSize = 0;
  },
  close: () => { for (const file of Object.values(files)) file.close(); files = null; },
};

// A snapshot's pieces are not answered one by one: the first that failed is told at its commit.
let snapshotError = '';
onmessage = ({ data }) => {
  if (data.op === 'open') {
    open().catch((error) => postMessage({ error: error.name }));
    return;
  }
  let error = '';
  try {
    if (!files) throw new DOMException('', 'InvalidStateError');
    if (data.op === 'begin') snapshotError = '';
    if (data.op === 'commit' && snapshotError) throw new DOMException('', snapshotError);
    operations[data.op](data);
  } catch (failure) {
    error = failure.name || 'Error';
    if (data.op === 'write' || data.op === 'begin') snapshotError = error;
  }
  if (data.ticket) postMessage({ ticket: data.ticket, error });
};
