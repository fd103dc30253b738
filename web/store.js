// The store's two copies as web/storage.cpp drives them: IndexedDB here, the private file system in the worker.
// Tickets come back through outpost_on_store_done when, and only when, the copy says that the bytes are kept.
addToLibrary({
  $OutpostStore__deps: ['$Outpost', '$OutpostBrowser'],
  $OutpostStore: {
    db: null, worker: null, counter: 0, generation: 0, committed: 0, chunks: 0, chunkBytes: 0, snapshotError: '', mark: -1,
    running: new Set(), asked: new Map(), nextQuestion: -10, timer: 0, follow: { due: 0, latest: 0 },

    done(copy, ticket, error) {
      Outpost.withText(error || '', (text) => _outpost_on_store_done(copy, ticket, text));
    },

    // The first time, what boot.js has begun to read; again, when all copies are wanted, what they then hold.
    async open() {
      const boot = globalThis.outpostBoot;
      const [files, base] = await Promise.all([
        boot.opfs ?? (OutpostStore.worker && OutpostStore.ask({ op: 'open' })),
        boot.idbState ?? OutpostStore.fresh().then((found) => found && { ...found, lost: found.lost || OutpostStore.lost }),
      ]);
      performance.mark('outpost-store-read');
      boot.opfs = boot.idbState = boot.idb = null;  // they would keep all that was read
      if (files && !OutpostStore.worker) {
        OutpostStore.worker = boot.worker;
        boot.worker.onmessage = ({ data }) => OutpostStore.told(data);
      }
      OutpostStore.opened(files, base);
    },

    opened(files, base) {
      const { keep } = OutpostBrowser;
      if (base) {
        OutpostStore.adopt(base.db);
        OutpostStore.lost = base.lost;
        OutpostStore.generation = OutpostStore.committed = base.meta?.generation ?? 0;
        OutpostStore.counter = base.last?.[1] ?? 0;
      }
      const full = /Quota/.test(files?.error) || (!base && /Quota/.test(globalThis.outpostBoot.databaseError));
      _outpost_on_store_opened(files?.journal ? (files.isCut ? 2 : 1) : 0, files?.snapshot ? keep(files.snapshot) : 0,
        files?.journal ? keep(files.journal) : 0, files?.sequence ?? 0, full ? 1 : 0,
        base ? (base.lost ? 2 : 1) : 0, OutpostStore.newestOf(base), base?.meta?.sequence ?? 0, base?.alone ?? -1);
      Outpost.release();
    },

    newestOf(base) { return base ? Math.max(base.meta?.sequence ?? 0, base.last?.[0] ?? 0) : 0; },

    // A new connection in place of the present one, and what the database then holds.
    async fresh() {
      const boot = globalThis.outpostBoot;
      const opened = await boot.openDatabase();
      const base = opened && await boot.databaseState(opened).catch(() => null);
      if (OutpostStore.db) OutpostStore.db.onclose = null;
      OutpostStore.db?.close();
      OutpostStore.db = null;
      if (base) OutpostStore.adopt(base.db);
      return base;
    },

    // Looks with a new connection, and by the files' names, whether what was written is what the next page would find.
    // What is not is opened anew; -1: that copy was not open.
    async look(filesNewest, databaseNewest) {
      if (globalThis.outpostBoot.lock.state !== 'owned') return;
      const [base, files] = await Promise.all([OutpostStore.fresh(), OutpostStore.worker && OutpostStore.ask({ op: 'look' })]);
      const filesWhole = filesNewest < 0 ? !OutpostStore.worker : files?.whole;
      const databaseWhole = databaseNewest < 0 ? !base
        : base && OutpostStore.newestOf(base) >= databaseNewest && (base.meta?.generation ?? 0) === OutpostStore.committed;
      if (filesWhole && databaseWhole) return _outpost_on_store_looked();
      OutpostStore.opened(OutpostStore.worker && await OutpostStore.ask({ op: 'open' }), base);
    },

    // Something says that a copy may be gone.
    doubt() { if (globalThis.outpostBoot.lock.state === 'owned') _outpost_on_store_doubt(); },

    told(data) {
      if (data.lost) return OutpostStore.doubt();
      const answer = OutpostStore.asked.get(data.ticket);
      if (!answer) {
        OutpostStore.done(1, data.ticket, data.error);
        return Outpost.written();
      }
      OutpostStore.asked.delete(data.ticket);
      answer(data);
    },

    // A question to the worker from here; C++'s tickets are above 0.
    ask(message, transfer = []) {
      return new Promise((resolve) => {
        const ticket = --OutpostStore.nextQuestion;
        OutpostStore.asked.set(ticket, resolve);
        OutpostStore.worker.postMessage({ ...message, ticket }, transfer);
      });
    },

    adopt(db) {
      OutpostStore.db = db;
      const gone = () => {
        if (OutpostStore.db !== db) return;
        OutpostStore.db = null;
        // One that was begun while the connection was being closed is never told of its end.
        for (const { of, end } of OutpostStore.running) if (of === db) end('AbortError');
        OutpostStore.doubt();
      };
      db.onversionchange = () => { db.close(); gone(); };
      db.onclose = gone;
    },

    // Runs `work` in one transaction; '' when complete, else the error's name.
    transact(stores, durability, work) {
      return new Promise((resolve) => {
        const { db, running } = OutpostStore;
        if (!db || globalThis.outpostBoot.lock.state !== 'owned') return resolve('InvalidStateError');
        const one = { of: db, end(error) { running.delete(one); resolve(error); } };
        running.add(one);
        try {
          const tx = db.transaction(stores, 'readwrite', { durability });
          tx.oncomplete = () => one.end('');
          tx.onabort = () => one.end(tx.error?.name || 'AbortError');
          if (work(tx) !== 'later') tx.commit?.();
        } catch (error) {
          one.end(error.name);
        }
      });
    },

    append(ticket, bytes, last, copies) {
      if (copies & 1) OutpostStore.worker.postMessage({ op: 'append', ticket, bytes, last, sure: !!(copies & 4) }, [bytes.buffer]);
      if (copies & 2) {
        const key = [last, ++OutpostStore.counter], { mark } = OutpostStore;
        OutpostStore.transact(mark < 0 ? 'log' : ['log', 'meta'], 'strict', (tx) => {
          tx.objectStore('log').put(bytes, key);
          if (mark >= 0) tx.objectStore('meta').put(mark, 'alone');
        }).then((error) => {
          if (!error) OutpostStore.mark = -1;
          OutpostStore.done(2, ticket, error);
        });
      }
    },

    begin(copies) {
      if (copies & 1) OutpostStore.worker.postMessage({ op: 'begin' });
      if (!(copies & 2)) return;
      OutpostStore.generation++;
      OutpostStore.chunks = OutpostStore.chunkBytes = 0;
      OutpostStore.snapshotError = '';
      const range = IDBKeyRange.lowerBound([OutpostStore.generation]);  // left behind by a snapshot never finished
      OutpostStore.transact('snapshot', 'relaxed', (tx) => tx.objectStore('snapshot').delete(range));
    },

    write(bytes, copies) {
      if (copies & 2) {
        const key = [OutpostStore.generation, OutpostStore.chunks++];
        OutpostStore.chunkBytes += bytes.length;
        OutpostStore.transact('snapshot', 'relaxed', (tx) => tx.objectStore('snapshot').put(bytes, key))
          .then((error) => { OutpostStore.snapshotError ||= error; });
      }
      if (copies & 1) OutpostStore.worker.postMessage({ op: 'write', bytes }, [bytes.buffer]);
    },

    // The log's entries up to `sequence` stay in it as history, unless the snapshot takes the place of everything.
    commit(ticket, sequence, drop, copies) {
      if (copies & 1) OutpostStore.worker.postMessage({ op: 'commit', ticket, sequence, drop, sure: true });
      if (!(copies & 2)) return;
      const { generation, chunks, chunkBytes } = OutpostStore;
      const meta = { generation, sequence, chunks, size: chunkBytes };
      // Transactions on one store run in order: this one sees all pieces written, or the error of one that was not.
      OutpostStore.transact(['log', 'snapshot', 'meta'], 'strict', (tx) => {
        const count = tx.objectStore('snapshot').count(IDBKeyRange.bound([generation], [generation, Infinity]));
        count.onsuccess = () => {
          if (count.result !== chunks) return tx.abort();
          tx.objectStore('meta').put(meta, 'snapshot');
          if (drop) tx.objectStore('log').delete(IDBKeyRange.upperBound([sequence, Infinity]));
          tx.objectStore('snapshot').delete(IDBKeyRange.upperBound([generation], true));
          tx.commit?.();
        };
        return 'later';  // not before the count has answered
      }).then((error) => {
        if (!error) OutpostStore.committed = generation;
        OutpostStore.done(2, ticket, OutpostStore.snapshotError || error);
      });
    },

    join(parts) {
      if (parts.length === 1) return parts[0];
      const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
      let at = 0;
      for (const part of parts) { whole.set(part, at); at += part.length; }
      return whole;
    },

    // What counts in IndexedDB: the snapshot's pieces one behind the other, and the log's after it. Without a log, which
    // may be empty: it could not be read.
    async readDatabase() {
      const { db, join } = OutpostStore, { keep } = OutpostBrowser;
      const read = new Promise((resolve, reject) => {
        const tx = db.transaction(['log', 'snapshot', 'meta'], 'readonly');
        const meta = tx.objectStore('meta').get('snapshot');
        let log, pieces;
        meta.onsuccess = () => {
          const { generation, sequence, size } = meta.result ?? {};
          log = tx.objectStore('log').getAll(meta.result ? IDBKeyRange.lowerBound([sequence, Infinity]) : null);
          if (size) pieces = tx.objectStore('snapshot').getAll(IDBKeyRange.bound([generation], [generation, Infinity]));
        };
        tx.oncomplete = () => resolve([pieces?.result, log.result]);
        tx.onabort = reject;
      });
      const [snapshot, log] = await read.then(([pieces, entries]) => [pieces ? keep(join(pieces)) : 0, keep(join(entries))]).catch(() => [0, 0]);
      _outpost_on_store_read(snapshot, log);
    },

    // The log's batches whose last sequence is at least `first`, in order, up to the one that holds `last` and to about
    // `max` bytes. A few at a time: their sizes are not known before.
    logBatches(db, first, last, max) {
      return new Promise((resolve, reject) => {
        const batches = [];
        let size = 0;
        const tx = db.transaction('log', 'readonly');
        const request = tx.objectStore('log').openCursor(IDBKeyRange.lowerBound([first]));
        request.onsuccess = () => {
          const cursor = request.result;
          if (!cursor) return;
          batches.push({ last: cursor.key[0], bytes: cursor.value });
          size += cursor.value.length;
          if (cursor.key[0] < last && size < max) cursor.continue();
        };
        tx.oncomplete = () => resolve(batches);
        tx.onabort = () => reject(tx.error ?? new DOMException('', 'AbortError'));
      });
    },

    // Of each copy that was asked for and can be read.
    async history(ticket, first, last, copies) {
      const end = last >= 2 ** 53 ? Infinity : last;
      const { keep } = OutpostBrowser;
      const fromFiles = async () => (await OutpostStore.ask({ op: 'history', first, last: end, max: Infinity })).bytes;
      const fromDatabase = async () => OutpostStore.join((await OutpostStore.logBatches(OutpostStore.db, first, end, Infinity)).map(({ bytes }) => bytes));
      const [files, log] = await Promise.all([copies & 1 ? fromFiles() : null, copies & 2 ? fromDatabase().catch(() => null) : null]);
      _outpost_on_store_history(ticket, files ? keep(files) : 0, log ? keep(log) : 0);
    },

    // Fills the history of one copy from the other's, in pieces, each of which is kept before the next is read.
    async copyHistory(ticket, to, first, last) {
      const piece = 4 << 20;
      let error = '';
      try {
        const { db } = OutpostStore;
        if (to === 1) first = Math.max(first, (await OutpostStore.ask({ op: 'filled' })).newest + 1);
        for (let from = first; from <= last && !error;) {
          let pieces;
          if (to === 1) {
            pieces = await OutpostStore.logBatches(db, from, last, piece);
          } else {
            const { bytes, newest } = await OutpostStore.ask({ op: 'history', first: from, last, max: piece });
            pieces = newest ? [{ last: newest, bytes }] : [];
          }
          if (pieces.length === 0) break;
          from = pieces.at(-1).last + 1;
          if (to === 1) {
            const bytes = OutpostStore.join(pieces.map((batch) => batch.bytes));
            ({ error } = await OutpostStore.ask({ op: 'fill', bytes, last: from - 1 }, [bytes.buffer]));
          } else {
            error = await OutpostStore.transact('log', 'strict', (tx) => {
              for (const batch of pieces) tx.objectStore('log').put(batch.bytes, [batch.last, ++OutpostStore.counter]);
            });
          }
        }
      } catch (failure) {
        error = failure.name;
      }
      OutpostStore.done(to, ticket, error);
    },

    // Some megabytes of small values, written and cleared: LevelDB then starts a new log, and one that a killed
    // browser left torn is never appended to again (a later start would find it damaged and wipe the store).
    async rotate() {
      const error = await OutpostStore.transact('scratch', 'relaxed', (tx) => {
        const store = tx.objectStore('scratch'), filler = new Uint8Array(60000);
        for (let at = 0; at < filler.length; at += 30000) crypto.getRandomValues(filler.subarray(at, at + 30000));
        for (let i = 0; i < 100; i++) store.put(filler, i);
      });
      OutpostStore.done(2, -1, error || await OutpostStore.transact('scratch', 'relaxed', (tx) => tx.objectStore('scratch').clear()));
    },
  },

  outpost_js_store_open__deps: ['$OutpostStore'],
  outpost_js_store_open: () => { OutpostStore.open(); },
  outpost_js_store_append__deps: ['$OutpostStore'],
  outpost_js_store_append__sig: 'vdpddi',
  outpost_js_store_append: (ticket, bytes, size, last, copies) =>
    OutpostStore.append(ticket, HEAPU8.slice(bytes, bytes + size), last, copies),
  outpost_js_store_mark_alone__deps: ['$OutpostStore'],
  outpost_js_store_mark_alone: (sequence) => { OutpostStore.mark = sequence; },
  outpost_js_store_forget_alone__deps: ['$OutpostStore'],
  outpost_js_store_forget_alone: (ticket) => {
    OutpostStore.transact('meta', 'strict', (tx) => tx.objectStore('meta').delete('alone')).then((error) => OutpostStore.done(2, ticket, error));
  },
  outpost_js_store_settle: (milliseconds) => { setTimeout(_outpost_on_store_settled, milliseconds); },
  outpost_js_store_follow_later__deps: ['$OutpostStore'],
  outpost_js_store_follow_later: (pause, most) => {
    const { follow } = OutpostStore, now = performance.now();
    if (document.hidden) pause = 0;
    follow.due = now + pause;
    if (follow.latest) return;
    follow.latest = now + most;
    const look = () => {
      const wait = Math.min(follow.due, follow.latest) - performance.now();
      if (wait > 0) return setTimeout(look, wait);
      follow.latest = 0;
      _outpost_on_store_follow();
    };
    setTimeout(look, pause);
  },
  outpost_js_store_append_part__deps: ['$OutpostStore'],
  outpost_js_store_append_part: (ticket, buffer, begin, end, last, copies) => {
    const whole = OutpostBrowser.buffers.get(buffer);
    // IndexedDB makes its own copy; the worker is given one.
    const given = !(copies & 1) && end - begin === whole.length ? whole : whole.slice(begin, end);
    OutpostStore.append(ticket, given, last, copies);
    if ((copies & 9) === 9) Outpost.leaveToWrite();
  },
  outpost_js_store_snapshot_begin__deps: ['$OutpostStore'],
  outpost_js_store_snapshot_begin: (copies) => OutpostStore.begin(copies),
  outpost_js_store_snapshot_write__deps: ['$OutpostStore'],
  outpost_js_store_snapshot_write__sig: 'vpdi',
  outpost_js_store_snapshot_write: (bytes, size, copies) =>
    OutpostStore.write(HEAPU8.slice(bytes, bytes + size), copies),
  outpost_js_store_snapshot_commit__deps: ['$OutpostStore'],
  outpost_js_store_snapshot_commit: (ticket, sequence, drop, copies) =>
    OutpostStore.commit(ticket, sequence, !!drop, copies),
  outpost_js_store_erase__deps: ['$OutpostStore'],
  outpost_js_store_erase: (ticket, start, copies) => {
    if (copies & 1) OutpostStore.worker.postMessage({ op: 'erase', ticket, start });
    if (copies & 2) OutpostStore.transact(['log', 'snapshot', 'meta'], 'strict', (tx) => {
      for (const name of ['log', 'snapshot', 'meta']) tx.objectStore(name).clear();
      if (start) tx.objectStore('meta').put({ generation: 0, sequence: start, chunks: 0, size: 0 }, 'snapshot');
    }).then((error) => {
      if (!error) OutpostStore.committed = 0;
      OutpostStore.done(2, ticket, error);
    });
  },
  outpost_js_store_look__deps: ['$OutpostStore'],
  outpost_js_store_look: (files, database) => { OutpostStore.look(files, database); },
  outpost_js_store_look_later__deps: ['$OutpostStore'],
  outpost_js_store_look_later: (milliseconds) => {
    clearTimeout(OutpostStore.timer);
    OutpostStore.timer = setTimeout(() => _outpost_on_store_look(), milliseconds);
  },
  outpost_js_store_truncate__deps: ['$OutpostStore'],
  outpost_js_store_truncate: (size) => OutpostStore.worker.postMessage({ op: 'truncate', size }),
  outpost_js_store_rotate__deps: ['$OutpostStore'],
  outpost_js_store_rotate: () => { OutpostStore.rotate(); },
  outpost_js_store_read_database__deps: ['$OutpostStore'],
  outpost_js_store_read_database: () => { OutpostStore.readDatabase(); },
  outpost_js_store_history__deps: ['$OutpostStore'],
  outpost_js_store_history: (ticket, first, last, copies) => { OutpostStore.history(ticket, first, last, copies); },
  outpost_js_store_copy_history__deps: ['$OutpostStore'],
  outpost_js_store_copy_history: (ticket, to, first, last) => { OutpostStore.copyHistory(ticket, to, first, last); },

  outpost_js_lock_watch__deps: ['$Outpost'],
  outpost_js_lock_watch: () => {
    const { lock } = globalThis.outpostBoot;
    const number = () => ({ waiting: 0, owned: 1, other: 2, lost: 3, unsaved: 4 })[lock.state];
    lock.listener = () => _outpost_on_lock(number());
    lock.onRequest = () => _outpost_on_lock(10);
    _outpost_on_lock(number());
  },
  outpost_js_lock_release__deps: ['$OutpostStore'],
  outpost_js_lock_release: () => {
    OutpostStore.db?.close();
    OutpostStore.db = null;
    OutpostStore.worker?.postMessage({ op: 'close' });
    // The files are closed in the worker's turn; the next owner tries until they are free.
    globalThis.outpostBoot.lock.release?.();
  },
  outpost_js_lock_take_over: () => { globalThis.outpostBoot.lock.takeOver(); },
});
