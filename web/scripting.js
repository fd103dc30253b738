// window.outpost: each call becomes a promise and a ticket; C++ answers the ticket when the work is done and durable.
addToLibrary({
  $OutpostScripting__deps: ['$Outpost', '$OutpostBrowser'],
  $OutpostScripting: {
    tickets: new Map(), next: 1, ready: null, isReady: null,

    // A command may be given as an object or as its JSON.
    json(value) { return typeof value === 'string' ? value : JSON.stringify(value ?? {}); },

    async call(kind, text, options, bytes) {
      await OutpostScripting.isReady;
      return new Promise((resolve) => {
        const ticket = OutpostScripting.next++;
        OutpostScripting.tickets.set(ticket, resolve);
        const buffer = bytes ? OutpostBrowser.keep(bytes) : 0;
        _outpost_on_script_call(kind, ticket, stringToNewUTF8(text), stringToNewUTF8(options ?? ''), buffer);
      });
    },

    async bytesOf(source) {
      if (source instanceof Blob) return new Uint8Array(await source.arrayBuffer());
      if (typeof source === 'string') return new TextEncoder().encode(source);
      if (source instanceof ArrayBuffer) return new Uint8Array(source);
      return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
    },

    install() {
      const { call, json, bytesOf } = OutpostScripting;
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

    // Columns become objects. One constructor for all rows gives them one hidden class; a path with a dot becomes a
    // nested object.
    rowsOf(layout, bytes) {
      let at = 0;
      const next = () => layout[at++];
      const decoder = new TextDecoder();
      const part = (Type) => {
        const offset = next(), count = next();
        return Type ? new Type(bytes.buffer, bytes.byteOffset + offset, count)
          : decoder.decode(bytes.subarray(offset, offset + count));
      };
      const total = next(), rows = next(), columnCount = next();
      const type = part(), extra = part();
      const records = new Array(rows);
      for (let row = 0; row < rows; row++) records[row] = { attributes: { type } };
      for (let c = 0; c < columnCount; c++) {
        const kind = next(), path = part().split('.');
        const numbers = part(Float64Array), offsets = part(Uint32Array), words = part(Uint32Array);
        const booleans = part(Uint8Array), nulls = part(Uint8Array);
        const arenaOffset = next(), arenaSize = next();
        const cell = OutpostScripting.reader(kind, { numbers, offsets, words, booleans },
          bytes.subarray(arenaOffset, arenaOffset + arenaSize), decoder);
        const isNull = nulls.length ? (row) => nulls[row >> 3] >> (row & 7) & 1 : null;
        const last = path.pop();
        for (let row = 0; row < rows; row++) {
          let target = records[row];
          for (const name of path) {
            const inner = Object.hasOwn(target, name) ? target[name] : null;
            target = inner ?? (target[name] = {});
          }
          const value = isNull?.(row) ? null : cell(row);
          if (last === '__proto__') Object.defineProperty(target, last, { value, enumerable: true, writable: true, configurable: true });
          else target[last] = value;
        }
      }
      return { totalSize: total, done: true, ...(extra ? JSON.parse(extra) : {}), records };
    },

    reader(kind, { numbers, offsets, words, booleans }, arena, decoder) {
      if (kind === 0) return (row) => numbers[row];
      if (kind === 3) return (row) => booleans[row] !== 0;
      const text = (from, to) => decoder.decode(arena.subarray(from, to));
      if (kind === 2) {
        const dictionary = Array.from({ length: Math.max(0, words.length - 1) }, (_, i) => text(words[i], words[i + 1]));
        return (row) => dictionary[offsets[row]];
      }
      // Where all is ASCII, one decoded string is cut by offset: much cheaper than decoding each cell.
      const whole = decoder.decode(arena);
      if (whole.length === arena.length) return (row) => whole.slice(offsets[row], offsets[row + 1]);
      return (row) => text(offsets[row], offsets[row + 1]);
    },

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
  outpost_js_script_table__deps: ['$OutpostScripting'],
  outpost_js_script_table__sig: 'vipipd',
  outpost_js_script_table: (ticket, layout, count, data, size) => {
    const numbers = HEAP32.slice(layout >>> 2, (layout >>> 2) + count);
    OutpostScripting.settle(ticket, OutpostScripting.rowsOf(numbers, HEAPU8.slice(data, data + size)));
  },
});
