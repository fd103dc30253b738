// window.outpost: each call becomes a promise and a ticket; C++ answers the ticket when the work is done and durable.
addToLibrary({
  $OutpostScripting__deps: ['$Outpost', '$OutpostBrowser'],
  $OutpostScripting: {
    tickets: new Map(), next: 1, ready: null, isReady: null, decoder: null, encoder: null, days: null,

    // A command may be given as an object or as its JSON.
    json(value) {
      if (typeof value === 'string') return value;
      // What JSON has no form for is refused as any other text that is none.
      const isNone = (part) => typeof part === 'bigint' || (typeof part === 'number' && !Number.isFinite(part));
      try { return JSON.stringify(value ?? {}, (_, part) => (isNone(part) ? String(part) : part)); } catch (error) { return String(error); }
    },

    async call(kind, text, options, bytes) {
      const ready = await OutpostScripting.isReady;
      if (ready.ok === false) return ready;   // the store could not be opened
      return new Promise((resolve) => {
        const ticket = OutpostScripting.next++;
        OutpostScripting.tickets.set(ticket, resolve);
        const buffer = bytes ? OutpostBrowser.keep(bytes) : 0;
        _outpost_on_script_call(kind, ticket, OutpostScripting.give(text), OutpostScripting.give(options ?? ''), buffer);
      });
    },

    // A text for C++, which frees it. It ends at its first NUL there: such a character is none that any text may have.
    // A letter and its accents are one character (NFC), as in what is imported and typed.
    give(text) {
      text = String(text).replaceAll('\0', '\uFFFD').normalize();
      const room = text.length * 3, pointer = _malloc(room + 1);
      HEAPU8[pointer + OutpostScripting.encoder.encodeInto(text, HEAPU8.subarray(pointer, pointer + room)).written] = 0;
      return pointer;
    },

    async bytesOf(source) {
      source ??= '';
      if (source instanceof Blob) return new Uint8Array(await source.arrayBuffer());
      if (typeof source === 'string') return new TextEncoder().encode(source);
      if (source instanceof ArrayBuffer) return new Uint8Array(source);
      return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
    },

    install() {
      const { call, json, bytesOf } = OutpostScripting;
      OutpostScripting.decoder = new TextDecoder('utf-8', { ignoreBOM: true });   // a text may begin with that character, too
      OutpostScripting.encoder = new TextEncoder();
      OutpostScripting.days = new Map();
      OutpostScripting.isReady = new Promise((resolve) => { OutpostScripting.ready = resolve; });
      window.outpost = {
        ready: OutpostScripting.isReady,
        execute: (command) => call(0, json(command)),
        query: (soql) => call(1, String(soql)),
        describe: (object) => call(2, object ?? ''),
        importFile: async ({ name, bytes, object, options } = {}) =>
          call(3, name ?? 'data.csv', JSON.stringify({ object, options: options ?? {} }), await bytesOf(bytes)),
        exportData: (options) => call(4, json(options)),
        backup: () => call(5, ''),
        restore: async (bytes) => call(6, '', '', await bytesOf(bytes)),
        call: (name, options) => call(7, name, json(options)),
        memoryBytes: () => HEAPU8.length,
        erase: () => call(7, 'erase', '{}'),
      };
    },

    // Columns become objects: the layout is core/query/columns_answer.h's, read where it lies in the heap. All rows are
    // copies of one empty row, which gives them one hidden class from the first call on; a path with a dot goes into the
    // nested object of its parent.
    rowsOf(base) {
      const u32 = (at) => HEAPU32[(base + at) >>> 2];
      const rows = u32(8), totalMatched = u32(12), columns = u32(16);
      if (u32(20) & 2) return { totalSize: rows, done: true, totalMatched, records: [] };
      const type = OutpostScripting.word(base + u32(24), u32(28));
      const parts = [{ path: '', empty: { attributes: Object.freeze({ type }) }, rows: new Array(rows) }];
      const partAt = (path) => parts.find((part) => part.path === path);
      const cells = [];
      const names = OutpostScripting.namesOf(base, columns);
      for (let c = 0; c < columns; c++) {
        const at = 32 + c * 32, path = names[c], dot = u32(20) & 1 ? -1 : path.lastIndexOf('.');
        const part = partAt(dot < 0 ? '' : path.slice(0, dot)), name = path.slice(dot + 1), data = base + u32(at + 12), aux = base + u32(at + 16);
        if (name !== '__proto__') part.empty[name] = null;
        if (u32(at) !== 8) cells.push({ part, name, cell: OutpostScripting.readers[u32(at)]({ data, aux, auxSize: u32(at + 20), entries: u32(at + 24) }) });
        else if (!partAt(path)) parts.push({ path, within: part, name, data, empty: { attributes: Object.freeze({ type: OutpostScripting.word(aux, u32(at + 20)) }) }, rows: new Array(rows) });
      }
      for (const { within, name, data, empty, rows: own } of parts) {
        for (let row = 0; row < rows; row++) {
          if (within && !(within.rows[row] && HEAPU8[data + row])) continue;
          const record = { ...empty };
          own[row] = record;
          if (within) within.rows[row][name] = record;
        }
      }
      for (const { part: { rows: targets }, name, cell } of cells) {
        if (name === '__proto__') {
          for (let row = 0; row < rows; row++) {
            if (targets[row]) Object.defineProperty(targets[row], name, { value: cell(row), enumerable: true, writable: true, configurable: true });
          }
        } else {
          for (let row = 0; row < rows; row++) if (targets[row]) targets[row][name] = cell(row);
        }
      }
      return { totalSize: rows, done: true, totalMatched, records: parts[0].rows };
    },

    word(at, length) { return OutpostScripting.decoder.decode(HEAPU8.subarray(at, at + length)); },

    // The columns' names, which lie one after the other, decoded at once while they are plain.
    namesOf(base, columns) {
      if (columns === 0) return [];
      const first = (base + 32) >>> 2, start = HEAPU32[first + 1], last = first + (columns - 1) * 8;
      const size = HEAPU32[last + 1] + HEAPU32[last + 2] - start, all = OutpostScripting.word(base + start, size), names = [];
      for (let c = 0; c < columns; c++) {
        const from = HEAPU32[first + c * 8 + 1], length = HEAPU32[first + c * 8 + 2];
        names.push(all.length === size ? all.slice(from - start, from - start + length) : OutpostScripting.word(base + from, length));
      }
      return names;
    },

    // A text column's cells: decoded as one string and cut. Reads the heap where it lies: is to be used at once.
    cutter(starts, bytes, size) {
      const whole = OutpostScripting.word(bytes, size), at = starts >>> 2;
      return (i) => whole.slice(HEAPU32[at + i], HEAPU32[at + i + 1]);
    },

    // By kind of column (1 Text ... 7 Json): what reads the cell of a row.
    readers: [null,
      ({ data, aux, auxSize }) => {
        const cut = OutpostScripting.cutter(data, aux, auxSize);
        return (row) => cut(row) || null;
      },
      ({ data }) => { const at = data >>> 3; return (row) => { const value = HEAPF64[at + row]; return value === value ? value : null; }; },
      ({ data }) => {
        const at = data >>> 2;
        return (row) => (HEAP32[at + row] === -2147483648 ? null : OutpostScripting.dayText(HEAP32[at + row]));
      },
      ({ data }) => {
        const at = data >>> 3;
        return (row) => { const value = HEAPF64[at + row]; return value === value ? OutpostScripting.instantText(value) : null; };
      },
      ({ data }) => (row) => { const value = HEAPU8[data + row]; return value === 255 ? null : value === 1; },
      ({ data, aux, auxSize, entries }) => {
        const size = (entries + 1) * 4, cut = OutpostScripting.cutter(aux, aux + size, auxSize - size);
        const words = Array.from({ length: entries }, (_, i) => cut(i)), at = data >>> 1;
        return (row) => { const code = HEAPU16[at + row]; return code ? words[code - 1] : null; };
      },
      ({ data, aux, auxSize }) => {
        const cut = OutpostScripting.cutter(data, aux, auxSize);
        return (row) => JSON.parse(cut(row) || 'null');
      },
    ],

    // Answers share few days.
    dayText(day) {
      const { days } = OutpostScripting;
      let text = days.get(day);
      if (text) return text;
      if (days.size > 20000) days.clear();
      days.set(day, text = new Date(day * 86400000).toISOString().slice(0, 10));
      return text;
    },
    instantText(milliseconds) { return new Date(milliseconds).toISOString(); },

    settle(ticket, value) {
      const resolve = OutpostScripting.tickets.get(ticket);
      OutpostScripting.tickets.delete(ticket);
      resolve?.(value);
    },
  },

  outpost_js_script_install__deps: ['$OutpostScripting'],
  outpost_js_script_install: () => OutpostScripting.install(),
  outpost_js_script_ready__deps: ['$OutpostScripting'],
  outpost_js_script_ready__sig: 'vpi',
  outpost_js_script_ready: (json, length) => {
    performance.mark('outpost-ready');
    OutpostScripting.ready(JSON.parse(Outpost.text(json, length)));
  },
  outpost_js_script_answer__deps: ['$OutpostScripting'],
  outpost_js_script_answer__sig: 'vipipd',
  outpost_js_script_answer: (ticket, json, length, bytes, size) => {
    const value = JSON.parse(Outpost.text(json, length));
    if (size) value.bytes = HEAPU8.slice(bytes, bytes + size);
    OutpostScripting.settle(ticket, value);
  },
  outpost_js_script_columns__deps: ['$OutpostScripting'],
  outpost_js_script_columns__sig: 'vip',
  outpost_js_script_columns: (ticket, columns) => OutpostScripting.settle(ticket, OutpostScripting.rowsOf(columns)),
});
