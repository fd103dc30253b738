// The store's two copies as web/storage.cpp drives them: IndexedDB here, the private file system in the worker.
// Tickets come back through outpost_on_store_done when, and only when, the copy says that the bytes are kept.
addToLibrary({
  $OutpostStore__deps: ['$Outpost', '$OutpostBrowser'],
  $OutpostStore: {
    db: null, worker: null, counter: 0, generation: 0, chunks: 0, chunkBytes: 0, snapshotError: '',

    done(copy, ticket, error) {
      Outpost.withText(error || '', (text) => _outpost_on_store_done(copy, ticket, text));
    },

    async open() {
      const boot = globalThis.outpostBoot;
      const [files, base] = await Promise.all([boot.opfs, boot.idbState]);
      const { keep } = OutpostBrowser;
      if (files) {
        OutpostStore.worker = boot.worker;
        boot.worker.onmessage = ({ data }) => OutpostStore.done(1, data.ticket, data.error);
      }
      if (base) {
        OutpostStore.adopt(base.db);
        OutpostStore.generation = base.meta?.generation ?? 0;
        OutpostStore.counter = base.keys.length ? base.keys.at(-1)[1] : 0;
      }
      const newest = base ? Math.max(base.meta?.sequence ?? 0, base.keys.length ? base.keys.at(-1)[0] : 0) : 0;
      _outpost_on_store_opened(files ? 1 : 0, files?.snapshot ? keep(files.snapshot) : 0,
        files ? keep(files.journal) : 0, files?.sequence ?? 0, files?.size ?? 0,
        base ? (base.lost ? 2 : 1) : 0, newest, base?.meta?.sequence ?? 0);
    },

    adopt(db) {
      OutpostStore.db = db;
      db.onversionchange = () => { db.close(); OutpostStore.db = null; };
      db.onclose = () => { OutpostStore.db = null; };
    },

    // A connection that the browser dropped (a tab long in the background) is opened anew.
    async database() {
      if (!OutpostStore.db) {
        const opened = await globalThis.outpostBoot.openDatabase();
        if (!opened || opened.lost) return null;
        OutpostStore.adopt(opened.db);
      }
      return OutpostStore.db;
    },

    // Runs `work` in one transaction; '' when complete, else the error's name.
    transact(stores, durability, work) {
      const run = (db) => new Promise((resolve) => {
        if (!db) return resolve('InvalidStateError');
        try {
          const tx = db.transaction(stores, 'readwrite', { durability });
          tx.oncomplete = () => resolve('');
          tx.onabort = () => resolve(tx.error?.name || 'AbortError');
          if (work(tx) !== 'later') tx.commit?.();
        } catch (error) {
          if (error.name === 'InvalidStateError') OutpostStore.db = null;
          resolve(error.name);
        }
      });
      return OutpostStore.db ? run(OutpostStore.db) : OutpostStore.database().then(run);
    },

    append(ticket, bytes, last, copies) {
      if (copies & 1) OutpostStore.worker.postMessage({ op: 'append', ticket, bytes }, [bytes.buffer]);
      if (copies & 2) {
        const key = [last, ++OutpostStore.counter];
        OutpostStore.transact('log', 'strict', (tx) => tx.objectStore('log').put(bytes, key))
          .then((error) => OutpostStore.done(2, ticket, error));
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

    commit(ticket, sequence, keep, copies) {
      if (copies & 1) OutpostStore.worker.postMessage({ op: 'commit', ticket, sequence, keep });
      if (!(copies & 2)) return;
      const { generation, chunks, chunkBytes } = OutpostStore;
      const meta = { generation, sequence, chunks, size: chunkBytes };
      // Transactions on one store run in order: this one sees all pieces written, or the error of one that was not.
      OutpostStore.transact(['log', 'snapshot', 'meta'], 'strict', (tx) => {
        const count = tx.objectStore('snapshot').count(IDBKeyRange.bound([generation], [generation, Infinity]));
        count.onsuccess = () => {
          if (count.result !== chunks) return tx.abort();
          tx.objectStore('meta').put(meta, 'snapshot');
          tx.objectStore('log').delete(keep ? IDBKeyRange.upperBound([sequence, Infinity])
            : IDBKeyRange.upperBound([Infinity, Infinity]));
          tx.objectStore('snapshot').delete(IDBKeyRange.upperBound([generation], true));
          tx.commit?.();
        };
        return 'later';  // not before the count has answered
      }).then((error) => OutpostStore.done(2, ticket, OutpostStore.snapshotError || error));
    },

    // All that IndexedDB holds: the snapshot's pieces one behind the other, and the log's.
    async readDatabase() {
      const db = await OutpostStore.database();
      const join = (parts) => {
        const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
        let at = 0;
        for (const part of parts) { whole.set(part, at); at += part.length; }
        return whole.buffer;
      };
      const { keep } = OutpostBrowser;
      let answer = [0, 0];
      if (db) {
        await new Promise((resolve) => {
          const tx = db.transaction(['log', 'snapshot', 'meta'], 'readonly');
          const log = tx.objectStore('log').getAll();
          const meta = tx.objectStore('meta').get('snapshot');
          meta.onsuccess = () => {
            if (!meta.result) return;
            const { generation } = meta.result;
            const pieces = tx.objectStore('snapshot').getAll(IDBKeyRange.bound([generation], [generation, Infinity]));
            pieces.onsuccess = () => { if (meta.result.size) answer[0] = keep(join(pieces.result)); };
          };
          tx.oncomplete = () => { answer[1] = keep(join(log.result)); resolve(); };
          tx.onabort = resolve;
        });
      }
      _outpost_on_store_read(answer[0], answer[1]);
    },

    // Some megabytes of small values, written and cleared: LevelDB then starts a new log, and one that a killed
    // browser left torn is never appended to again (a later start would find it damaged and wipe the store).
    async rotate() {
      const error = await OutpostStore.transact('scratch', 'relaxed', (tx) => {
        const store = tx.objectStore('scratch'), filler = new Uint8Array(60000);
        for (let at = 0; at < filler.length; at += 30000) crypto.getRandomValues(filler.subarray(at, at + 30000));
        for (let i = 0; i < 100; i++) store.put(filler, i);
      });
      const cleared = await OutpostStore.transact('scratch', 'relaxed', (tx) => tx.objectStore('scratch').clear());
      OutpostStore.done(2, -1, error || cleared);
    },
  },

  outpost_js_store_open__deps: ['$OutpostStore'],
  outpost_js_store_open: () => { OutpostStore.open(); },
  outpost_js_store_append__deps: ['$OutpostStore'],
  outpost_js_store_append__sig: 'vdpddi',
  outpost_js_store_append: (ticket, bytes, size, last, copies) =>
    OutpostStore.append(ticket, HEAPU8.slice(bytes, bytes + size), last, copies),
  outpost_js_store_snapshot_begin__deps: ['$OutpostStore'],
  outpost_js_store_snapshot_begin: (copies) => OutpostStore.begin(copies),
  outpost_js_store_snapshot_write__deps: ['$OutpostStore'],
  outpost_js_store_snapshot_write__sig: 'vpdi',
  outpost_js_store_snapshot_write: (bytes, size, copies) =>
    OutpostStore.write(HEAPU8.slice(bytes, bytes + size), copies),
  outpost_js_store_snapshot_commit__deps: ['$OutpostStore'],
  outpost_js_store_snapshot_commit: (ticket, sequence, keep, copies) =>
    OutpostStore.commit(ticket, sequence, !!keep, copies),
  outpost_js_store_erase__deps: ['$OutpostStore'],
  outpost_js_store_erase: (ticket, copies) => {
    if (copies & 1) OutpostStore.worker.postMessage({ op: 'erase', ticket });
    if (copies & 2) OutpostStore.transact(['log', 'snapshot', 'meta'], 'strict', (tx) => {
      for (const name of ['log', 'snapshot', 'meta']) tx.objectStore(name).clear();
    }).then((error) => OutpostStore.done(2, ticket, error));
  },
  outpost_js_store_truncate__deps: ['$OutpostStore'],
  outpost_js_store_truncate: (size) => OutpostStore.worker.postMessage({ op: 'truncate', size }),
  outpost_js_store_rotate__deps: ['$OutpostStore'],
  outpost_js_store_rotate: () => { OutpostStore.rotate(); },
  outpost_js_store_read_database__deps: ['$OutpostStore'],
  outpost_js_store_read_database: () => { OutpostStore.readDatabase(); },

  outpost_js_lock_watch__deps: ['$Outpost'],
  outpost_js_lock_watch: () => {
    const { lock } = globalThis.outpostBoot;
    const number = () => ({ waiting: 0, owned: 1, other: 2, lost: 3 })[lock.state];
    lock.listener = () => _outpost_on_lock(number());
    lock.onRequest = () => _outpost_on_lock(10);
    _outpost_on_lock(number());
  },
  outpost_js_lock_release__deps: ['$OutpostStore'],
  outpost_js_lock_release: () => {
    OutpostStore.db?.close();
    OutpostStore.worker?.postMessage({ op: 'close' });
    // The files are closed in the worker's turn; the next owner tries until they are free.
    globalThis.outpostBoot.lock.release?.();
  },
  outpost_js_lock_take_over: () => { globalThis.outpostBoot.lock.takeOver(); },
});
