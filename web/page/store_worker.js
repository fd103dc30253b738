// The store's second copy, in the origin private file system: a journal that is only ever appended to and flushed, and
// a snapshot that is replaced whole. What a snapshot covers stays in the journal as history; a commit record of 64
// bytes, written last, says from where on the journal counts and which snapshot does. History that this copy had
// missed is filled in from the other copy, in a file of its own. Knows only the frames' headers (web/store_frames.h).
// A browser short of room deletes a site's files while they are open, and writing into them goes on without an error: so
// it is looked, from time to time and whenever something failed, whether they can be found by their names.
'use strict';

const frameMagic = 0x314A504F, commitMagic = 0x3143504F, frameHeader = 24, commitSize = 64;
const windowSize = 1 << 18, pieceSize = 4 << 20;
let files = null, current = null, journalEnd = 0, snapshotSize = 0, newestAppended = 0;

function checksum(view, length) {
  let hash = 0x811C9DC5;
  for (let i = 0; i < length; i++) hash = Math.imul(hash ^ view.getUint8(i), 0x01000193);
  return hash >>> 0;
}

function readCommit(index) {
  const view = new DataView(new ArrayBuffer(commitSize));
  if (files.commit.read(view, { at: index * commitSize }) !== commitSize) return null;
  if (view.getUint32(0, true) !== commitMagic || view.getUint32(60, true) !== checksum(view, 60)) return null;
  const number = (at) => view.getFloat64(at, true);
  const record = { generation: number(8), size: number(16), sequence: number(24) };
  // Records of the first layout: the files of a generation's parity, nothing kept as history.
  const parity = record.generation & 1;
  if (view.getUint32(4, true) === 0) return { ...record, start: 0, filled: 0, filledTo: 0, journal: parity, snapshot: parity };
  return { ...record, start: number(32), filled: number(40), filledTo: number(48), journal: view.getUint8(56), snapshot: view.getUint8(57) };
}

function writeCommit(changes) {
  const record = { ...current, ...changes, generation: current.generation + 1 };
  const view = new DataView(new ArrayBuffer(commitSize));
  view.setUint32(0, commitMagic, true);
  view.setUint32(4, 1, true);
  const { generation, size, sequence, start, filled, filledTo } = record;
  [generation, size, sequence, start, filled, filledTo].forEach((value, i) => view.setFloat64(8 + 8 * i, value, true));
  view.setUint8(56, record.journal);
  view.setUint8(57, record.snapshot);
  view.setUint32(60, checksum(view, 60), true);
  writeAll(files.commit, new Uint8Array(view.buffer), (generation & 1) * commitSize);
  files.commit.flush();
  current = record;
}

function writeAll(file, bytes, at) {
  const written = file.write(bytes, { at });
  if (written !== bytes.byteLength) throw new DOMException('short write', 'QuotaExceededError');
}

const journal = () => files['journal-' + current.journal];
const filling = () => files['journal-' + (1 - current.journal)];
const snapshot = (index) => files['snapshot-' + index];

function readRange(file, from, to) {
  const bytes = new Uint8Array(Math.max(0, Math.min(to, file.getSize()) - from));
  const count = file.read(bytes, { at: from });
  return count === bytes.length ? bytes.buffer : bytes.slice(0, count).buffer;
}

// The whole frames between two offsets, found by their headers alone: a window of the file is read at a time, and
// after bytes that are none the search goes on to the next header.
function* framesIn(file, from, to) {
  const bytes = new Uint8Array(windowSize), view = new DataView(bytes.buffer);
  let base = 0, size = 0;
  for (let at = from; at + frameHeader <= to;) {
    if (at < base || at + frameHeader > base + size) {
      base = at;
      size = file.read(bytes.subarray(0, Math.min(windowSize, to - at)), { at });
      if (size < frameHeader) return;
    }
    const i = at - base, word = (offset) => view.getUint32(i + offset, true);
    if (word(0) === frameMagic) {
      const length = word(8), low = word(16), high = word(20), end = at + frameHeader + length;
      const check = (Math.imul(length, 0x9E3779B1) ^ Math.imul(low, 0x85EBCA77) ^ Math.imul(high, 0xC2B2AE3D)) >>> 0;
      if (word(4) === check && end <= to) {
        yield { at, end, sequence: high * 4294967296 + low };
        at = end;
        continue;
      }
    }
    const next = bytes.subarray(0, size).indexOf(frameMagic & 255, i + 1);
    at = next < 0 ? base + size : base + next;
  }
}

// Where the first frame lies whose sequence is at least `sequence`; `to` when there is none. Sequences only rise within
// a file, so the place is found by halving, however long the history is.
function offsetOf(file, to, sequence) {
  let low = 0, high = to;
  while (high - low > windowSize) {
    const middle = low + Math.floor((high - low) / 2);
    const frame = framesIn(file, middle, to).next().value;
    if (frame && frame.at < high && frame.sequence < sequence) low = frame.at;
    else high = middle;
  }
  for (const frame of framesIn(file, low, to)) if (frame.sequence >= sequence) return frame.at;
  return to;
}

const names = ['snapshot-0', 'snapshot-1', 'commit', 'journal-0', 'journal-1'];

// Opens the files, or opens them anew. Chromium does not survive that a file is closed whose name is gone: what was open
// before is closed only when there is a file of that name again.
async function openFiles() {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle('outpost', { create: true });
  const before = files ?? {}, handles = {};
  const close = (file) => { try { file.close(); } catch { /* it is closed, then */ } };
  const opened = await Promise.allSettled(names.map(async (name) => {
    const file = await folder.getFileHandle(name, { create: true });
    for (let attempt = 0; !handles[name]; attempt++) {
      try { handles[name] = await file.createSyncAccessHandle(); } catch (error) {
        // It is the one that is open here; or a page that was just closed holds its files for some milliseconds more.
        if (before[name]) close(before[name]);
        if (attempt >= 200) throw error;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    }
  }));
  const failure = opened.find(({ status }) => status === 'rejected');
  for (const file of Object.values(failure ? handles : before)) close(file);
  if (failure) throw failure.reason;
  files = handles;
}

// Whether the next page will find the files that are open here, as long as they are here.
let lookedAt = Date.now();
async function isReachable() {
  lookedAt = Date.now();
  const look = async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('outpost');
    const same = await Promise.all(names.map(async (name) => {
      const found = await folder.getFileHandle(name);
      // Where an open file's length is not told, that it has its name must do.
      const size = await found.getFile().then((file) => file.size, (error) => error.name === 'NotFoundError' ? -1 : files[name].getSize());
      return size === files[name].getSize();
    }));
    return same.every(Boolean);
  };
  const silence = new Promise((resolve) => setTimeout(resolve, 4000, false));
  return Promise.race([look().catch(() => false), silence]);
}

// What files held that were deleted under us is still to be read through their handles: it is written into new ones,
// the journal last. Kept until that is done, for there may be no room yet.
let rescued = null;
async function openAnew() {
  if (files && !rescued) {
    const held = (file) => { try { return readRange(file, 0, Infinity); } catch { return new ArrayBuffer(0); } };
    rescued = Object.fromEntries(names.map((name) => [name, held(files[name])]));
  }
  await openFiles();
  if (!rescued) return;
  for (const name of names) {
    const bytes = new Uint8Array(rescued[name]), file = files[name];
    if (file.getSize() === bytes.length) continue;
    file.truncate(0);
    writeAll(file, bytes, 0);
    file.flush();
  }
  if (!(await isReachable())) throw new DOMException('', 'NotFoundError');
  rescued = null;
}

let isStolen = false;
async function open(ticket) {
  if (isStolen) throw new DOMException('', 'InvalidStateError');
  if (rescued || !files || !(await isReachable())) await openAnew();
  newestAppended = 0;
  const records = [readCommit(0), readCommit(1)].filter(Boolean).sort((a, b) => b.generation - a.generation);
  current = records[0] ?? { generation: 0, size: 0, sequence: 0, start: 0, filled: 0, filledTo: 0, journal: 0, snapshot: 0 };
  journalEnd = journal().getSize();
  // A journal that is shorter than it was (an erasure that was cut off): all of it counts.
  if (current.start > journalEnd) writeCommit({ start: 0 });
  const answer = {
    ticket, sequence: current.sequence, size: current.size, isCut: snapshot(current.snapshot).getSize() < current.size,
    journal: readRange(journal(), current.start, journalEnd),
    snapshot: current.size > 0 ? readRange(snapshot(current.snapshot), 0, current.size) : null,
  };
  postMessage(answer, [answer.journal, ...(answer.snapshot ? [answer.snapshot] : [])]);
}

function append(bytes, last) {
  try {
    writeAll(journal(), bytes, journalEnd);
    journal().flush();
    journalEnd += bytes.byteLength;
    newestAppended = last;
  } catch (error) {
    try { journal().truncate(journalEnd); } catch { /* the rest is cut off when it is next opened */ }
    throw error;
  }
}

function startAfter(sequence) {
  if (newestAppended && newestAppended <= sequence) return journalEnd;
  for (const frame of framesIn(journal(), current.start, journalEnd)) if (frame.sequence > sequence) return frame.at;
  return journalEnd;
}

// `drop`: the snapshot takes the place of everything, nothing before it is history.
function commit(sequence, drop) {
  const before = current, next = 1 - current.snapshot, other = 1 - current.journal;
  snapshot(next).truncate(snapshotSize);
  snapshot(next).flush();
  if (drop) {
    filling().truncate(0);
    filling().flush();
    writeCommit({ size: snapshotSize, sequence, snapshot: next, journal: other, start: 0, filled: 0, filledTo: 0 });
    filling().truncate(0);
    journalEnd = 0;
  } else {
    writeCommit({ size: snapshotSize, sequence, snapshot: next, start: startAfter(sequence) });
  }
  snapshot(before.snapshot).truncate(0);
}

// Frames of the other copy's history, in rising order.
function fill(bytes, last) {
  if (current.filled === 0) filling().truncate(0);
  writeAll(filling(), bytes, current.filled);
  filling().flush();
  writeCommit({ filled: current.filled + bytes.byteLength, filledTo: last });
}

// The frames from `first` to `last` as they lie in the files, up to about `max` bytes, and the last sequence in them.
function history(first, last, max) {
  const parts = [];
  let size = 0, newest = 0;
  for (const [file, end] of [[filling(), current.filled], [journal(), journalEnd]]) {
    const from = offsetOf(file, end, first);
    let to = from;
    for (const frame of framesIn(file, from, end)) {
      if (frame.sequence > last || (to > from && frame.end - from > max)) break;
      to = frame.end;
      newest = frame.sequence;
      if (max === Infinity && last === Infinity) { to = end; break; }
    }
    if (to > from) parts.push(new Uint8Array(readRange(file, from, to)));
    size += to - from;
    if (size > 0 && max !== Infinity) break;
  }
  const whole = parts.length === 1 ? parts[0] : new Uint8Array(size);
  if (parts.length > 1) { whole.set(parts[0]); whole.set(parts[1], parts[0].length); }
  return { bytes: whole, newest };
}

// `start`: what comes after has higher numbers.
function erase(start = 0) {
  // First nothing counts any more, then it goes.
  writeCommit({ size: 0, sequence: start, start: journalEnd, filled: 0, filledTo: 0 });
  for (const name of ['journal-0', 'journal-1', 'snapshot-0', 'snapshot-1']) { files[name].truncate(0); files[name].flush(); }
  journalEnd = newestAppended = 0;
  if (start) return writeCommit({ start: 0 });
  files.commit.truncate(0);
  files.commit.flush();
  current = { generation: 0, size: 0, sequence: 0, start: 0, filled: 0, filledTo: 0, journal: 0, snapshot: 0 };
}

const operations = {
  append: ({ bytes, last }) => append(bytes, last),
  begin: () => { snapshotSize = 0; snapshot(1 - current.snapshot).truncate(0); },
  write: ({ bytes }) => { writeAll(snapshot(1 - current.snapshot), bytes, snapshotSize); snapshotSize += bytes.length; },
  commit: ({ sequence, drop }) => commit(sequence, drop),
  // `size`: of what was read at opening.
  truncate: ({ size }) => { journalEnd = current.start + size; journal().truncate(journalEnd); journal().flush(); },
  history: ({ first, last, max }) => history(first, last, max),
  filled: () => ({ newest: current.filledTo }),
  fill: ({ bytes, last }) => fill(bytes, last),
  erase: ({ start }) => erase(start),
  close: () => {
    for (const file of Object.values(files)) file.close();
    files = null;
  },
};

// A snapshot's pieces are not answered one by one: the first that failed is told at its commit.
let snapshotError = '';
async function answer(data) {
  if (data.op === 'open') return open(data.ticket).catch((error) => postMessage({ ticket: data.ticket, error: error.name }));
  let error = '', answer = null;
  try {
    if (!files) throw new DOMException('', 'InvalidStateError');
    if (data.op === 'begin') snapshotError = '';
    if (data.op === 'commit' && snapshotError) throw new DOMException('', snapshotError);
    answer = data.op === 'look' ? { whole: await isReachable() } : operations[data.op](data);
    if (data.sure && !(await isReachable())) throw new DOMException('', 'NotFoundError');
  } catch (failure) {
    error = failure.name || 'Error';
    if (data.op === 'write' || data.op === 'begin') snapshotError = error;
  }
  // What is written is let go at once: a worker that makes nothing else collects no garbage for minutes.
  data.bytes?.buffer.transfer?.(0);
  if (data.ticket) postMessage({ ...answer, ticket: data.ticket, error }, answer?.bytes ? [answer.bytes.buffer] : []);
  if (data.op === 'append' && !error && Date.now() - lookedAt > 5000 && !(await isReachable())) postMessage({ lost: true });
}

// One after the other, though some of them wait for the browser.
let turn = Promise.resolve(), owner = 0;
onmessage = ({ data }) => {
  owner ||= data.owner;
  turn = turn.then(() => answer(data));
};
// Another tab took the store over, perhaps while this page is too busy to be told: what it asked for before is written,
// then nothing more.
if (globalThis.BroadcastChannel) new BroadcastChannel('outpost').onmessage = ({ data }) => {
  if (data.what !== 'stolen' || !files || data.from === owner) return;
  turn = turn.then(() => {
    isStolen = true;
    if (files) operations.close();
  });
};
