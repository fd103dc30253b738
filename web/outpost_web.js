// The page's side of web/: the frame loop, sizes, input, clipboard and glyphs. Thin: it passes events on and does
// what only JavaScript can; decisions are C++'s (web/platform.cpp, web/input.cpp, web/fonts.cpp).
addToLibrary({
  $Outpost__deps: ['$UTF8ToString', '$stringToNewUTF8', 'malloc', 'free'],
  $Outpost: {
    root: null, canvas: null, mirror: null,
    dpr: 1, frame: 0, soon: 0, timer: 0, hiddenTimer: 0, chords: new Set(),
    lastPointerUp: -1e9, away: null, applying: false, copied: null,

    text(pointer, length) { return UTF8ToString(pointer, length, true); },
    // Calls a C function with a text's bytes; `f` gets the address and must not keep it.
    withText(text, f) {
      const pointer = stringToNewUTF8(text);
      try { return f(pointer); } finally { _free(pointer); }
    },

    request() {
      clearTimeout(Outpost.soon);
      Outpost.soon = 0;
      if (Outpost.frame) return;
      if (Outpost.busy) {
        Outpost.isWanted = true;
        return;
      }
      // A hidden page gets no animation frames, but its saves and scripts go on.
      if (document.hidden) {
        Outpost.hiddenTimer ||= setTimeout(() => { Outpost.hiddenTimer = 0; _outpost_on_frame(); }, 50);
      } else {
        Outpost.frame = requestAnimationFrame(() => {
          Outpost.frame = 0;
          if (Outpost.busy) Outpost.isWanted = true;
          else _outpost_on_frame();
        });
      }
    },

    // While megabytes are being written that somebody waits for, a frame would take the processor from them, and would soon
    // be drawn again: the moment that this takes at most, it waits.
    busy: 0, isWanted: false,
    leaveToWrite() { Outpost.busy ||= setTimeout(Outpost.written, 400); },
    written() {
      if (!Outpost.busy) return;
      clearTimeout(Outpost.busy);
      Outpost.busy = 0;
      if (Outpost.isWanted) Outpost.request();
      Outpost.isWanted = false;
    },

    // The first frame is the dearest one. What the store holds is a moment away: what is drawn before it comes would be
    // drawn for nothing, and keep it waiting.
    isHeld: false,
    hold() {
      Outpost.isHeld = true;
      setTimeout(Outpost.release, 120);
    },
    release() {
      if (!Outpost.isHeld) return;
      Outpost.isHeld = false;
      Outpost.request();
    },

    // What a script does is shown, but a frame for each of its edits would take more time than the edits.
    requestSoon() {
      if (!Outpost.frame) Outpost.soon ||= setTimeout(Outpost.request, 100);
    },

    modifiers(e) { return (e.ctrlKey ? 1 : 0) | (e.shiftKey ? 2 : 0) | (e.altKey ? 4 : 0) | (e.metaKey ? 8 : 0); },
    fieldOf(target) {
      return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target : null;
    },
    idOf(target) {
      const element = target instanceof Element ? target.closest('[data-id]') : null;
      return element ? element.dataset.id >>> 0 : 0;
    },
    elementOf(id) { return Outpost.mirror.nodes?.get(id); },

    measure() {
      const { root, canvas } = Outpost;
      const dpr = window.devicePixelRatio || 1;
      // The exact size in device pixels where the browser tells it; an emulated ratio makes it tell nonsense.
      let width = Math.round(root.clientWidth * dpr), height = Math.round(root.clientHeight * dpr);
      const exact = Outpost.exactSize;
      if (exact && Math.abs(exact[0] - width) <= 2 && Math.abs(exact[1] - height) <= 2) [width, height] = exact;
      if (canvas.width !== width) canvas.width = width;
      if (canvas.height !== height) canvas.height = height;
      canvas.style.width = width / dpr + 'px';
      canvas.style.height = height / dpr + 'px';
      Outpost.dpr = dpr;
      const style = getComputedStyle(document.documentElement);
      const inset = (side) => (parseFloat(style.getPropertyValue('--inset-' + side)) || 0) * dpr;
      const view = window.visualViewport;
      const keyboard = view ? Math.max(0, root.clientHeight - view.height - view.offsetTop) : 0;
      _outpost_on_resize(width, height, dpr, inset('top'), inset('right'), inset('bottom'), inset('left'),
        keyboard > 60 ? keyboard * dpr : 0);
    },

    watchSize() {
      new ResizeObserver((entries) => {
        const box = entries[0].devicePixelContentBoxSize?.[0];
        Outpost.exactSize = box ? [box.inlineSize, box.blockSize] : null;
        Outpost.measure();
      }).observe(Outpost.root);
      const watchRatio = () => {
        matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`)
          .addEventListener('change', () => { Outpost.measure(); watchRatio(); }, { once: true });
      };
      watchRatio();
      window.visualViewport?.addEventListener('resize', () => Outpost.measure());
    },

    pointer(e, kind) {
      const type = e.pointerType === 'touch' ? 1 : e.pointerType === 'pen' ? 2 : 0;
      const box = Outpost.root.getBoundingClientRect();
      return _outpost_on_pointer(kind, type, e.pointerId, e.button, (e.clientX - box.left) * Outpost.dpr,
        (e.clientY - box.top) * Outpost.dpr, Outpost.modifiers(e), Outpost.fieldOf(e.target) ? 1 : 0, e.timeStamp);
    },

    // A link pressed with Ctrl or the middle button is the browser's: it opens a new tab.
    isBrowserClick(e) {
      return (e.ctrlKey || e.metaKey || e.shiftKey || e.button === 1) && e.target instanceof Element &&
        e.target.closest('a[href]');
    },

    listenPointer() {
      const { root } = Outpost;
      let pressed = null;   // the field that the press went down on
      root.addEventListener('pointerdown', (e) => {
        pressed = Outpost.fieldOf(e.target);
        if (Outpost.isBrowserClick(e)) return;
        // A press on the dot that stands for something out of view: nobody aims at it but who asks for that very element.
        // What lies around a thing in sight may itself be out of view; the thing is pressed as it lies.
        const aimed = e.target.closest?.('[data-id]');
        Outpost.away = aimed?.hasAttribute('data-away') ? aimed : null;
        if (Outpost.away) return Outpost.away.focus({ preventScroll: true });
        if (!pressed) {
          root.setPointerCapture(e.pointerId);
          // What the browser would do on mousedown, had we not prevented it.
          const element = e.target.closest?.('[data-id][tabindex]');
          Outpost.quietFocus = true;
          if (element && e.pointerType === 'mouse') element.focus({ preventScroll: true });
          else if (Outpost.fieldOf(document.activeElement)) document.activeElement.blur();
          Outpost.quietFocus = false;
        }
        Outpost.pointer(e, 0);
      });
      root.addEventListener('pointermove', (e) => Outpost.pointer(e, 1));
      root.addEventListener('pointerup', (e) => {
        if (Outpost.away) return;
        Outpost.lastPointerUp = e.timeStamp;
        Outpost.pointer(e, 2);
      });
      root.addEventListener('pointercancel', (e) => Outpost.pointer(e, 3));
      root.addEventListener('pointerleave', (e) => Outpost.pointer(e, 4));
      root.addEventListener('mousedown', (e) => {
        // After a tap it comes last, and what the tap opened may have put a field below the finger.
        const field = Outpost.fieldOf(e.target);
        if ((!field || field !== pressed) && !Outpost.isBrowserClick(e)) e.preventDefault();
      });
      root.addEventListener('contextmenu', (e) => { if (!Outpost.fieldOf(e.target)) e.preventDefault(); });
      root.addEventListener('dragstart', (e) => e.preventDefault());
      root.addEventListener('click', (e) => {
        if (Outpost.isBrowserClick(e)) return;
        if (!Outpost.fieldOf(e.target)) e.preventDefault();
        const away = Outpost.away;
        Outpost.away = null;
        if (away) return Outpost.fieldOf(away) ? undefined : _outpost_on_page_event(0, Outpost.idOf(away), 0);
        // A click that no pointer made: a screen reader, voice control, a script.
        if (e.detail === 0 || e.timeStamp - Outpost.lastPointerUp > 700) {
          const id = Outpost.idOf(e.target);
          if (id) _outpost_on_page_event(0, id, 0);
        }
      });
      root.addEventListener('wheel', (e) => {
        if (e.ctrlKey) return;  // the browser's zoom
        const field = Outpost.fieldOf(e.target);
        if (field && field === document.activeElement && field.scrollHeight > field.clientHeight + 1) return;
        e.preventDefault();
        const scale = (e.deltaMode === 1 ? 18 : e.deltaMode === 2 ? root.clientHeight : 1) * Outpost.dpr;
        _outpost_on_wheel(e.deltaX * scale, e.deltaY * scale, Outpost.modifiers(e));
      }, { passive: false });
    },

    chordOf(e) {
      const command = e.ctrlKey || e.metaKey;
      const key = e.key.length === 1 ? e.key.toUpperCase() : e.key;
      if (!command && !e.altKey && !/^F\d+$/.test(key)) return '';
      if (key === 'Control' || key === 'Meta' || key === 'Alt' || key === 'Shift' || key === 'AltGraph') return '';
      return (command ? 'Ctrl+' : '') + (e.altKey ? 'Alt+' : '') + (e.shiftKey ? 'Shift+' : '') + key;
    },

    // In a dialog Tab goes round, as WAI-ARIA's pattern has it: from its last stop to the first, and back.
    goRound(e) {
      const dialog = [...document.querySelectorAll('[aria-modal=true]')].at(-1);
      if (!dialog) return false;
      const stops = [...dialog.querySelectorAll('a[href], input, textarea, [tabindex="0"]')].filter((stop) => stop.tabIndex >= 0);
      const outside = document.activeElement === document.body;
      const edge = stops.at(e.shiftKey ? 0 : -1), next = stops.at(e.shiftKey ? -1 : 0);
      if (!next || !(outside || document.activeElement === edge)) return false;
      next.focus();
      return true;
    },

    keyDown(e) {
      if (e.isComposing || e.keyCode === 229) return;
      const chord = Outpost.chordOf(e);
      const field = Outpost.fieldOf(e.target);
      if (e.key === 'Tab') _outpost_answer_now();   // held down it is faster than frames: what comes after the last stop is to be there
      if (e.key === 'Tab' && !chord && Outpost.goRound(e)) return e.preventDefault();
      // In a grid's cell Tab saves, from a list of choices too, and the page goes on to the next cell that can be edited.
      if (e.key === 'Tab' && !chord && e.target.closest?.('[role=gridcell] :is(input, textarea, [role=option])')) {
        e.preventDefault();
        if (field) Outpost.withText(field.value, (text) => _outpost_on_page_event(4, Outpost.idOf(field), text));
        return Outpost.withText(e.shiftKey ? 'Shift+Tab' : 'Tab', (text) => _outpost_on_page_event(7, Outpost.idOf(e.target), text));
      }
      if (field) return Outpost.fieldKey(e, field, chord);
      const plainCopy = /^Ctrl\+[CXV]$/.test(chord);
      if (chord && !plainCopy) Outpost.withText(chord, (text) => _outpost_on_page_event(7, Outpost.idOf(e.target), text));
      if (chord && Outpost.chords.has(chord)) e.preventDefault();
      const id = Outpost.idOf(e.target);
      if (id && !chord && (e.key === 'Enter' || e.key === ' ')) {
        e.preventDefault();
        // A grid's cell is opened by Enter alone: Space ticks its row.
        if (e.key === ' ' && e.target.getAttribute('role') === 'gridcell') return Outpost.withText('Space', (text) => _outpost_on_page_event(7, id, text));
        if (!e.repeat) _outpost_on_page_event(0, id, 0);
        return;
      }
      if (plainCopy || e.key === 'Tab') return;
      // A letter is a command here, or opens a list and goes into its search: a field that it brings along must not begin with it.
      if (!chord && /^(.|Arrow.*|Page.*|Home|End|Backspace)$/u.test(e.key)) e.preventDefault();
      Outpost.withText(e.key, (key) => _outpost_on_key(key, 1, Outpost.modifiers(e)));
    },

    // A field keeps its keys, but for those that end editing or move through its suggestions.
    fieldKey(e, field, chord) {
      const id = Outpost.idOf(field);
      const oneLine = field instanceof HTMLInputElement;
      const send = (kind) => Outpost.withText(field.value, (text) => _outpost_on_page_event(kind, id, text));
      if (e.key === 'Escape') { e.preventDefault(); return send(5); }
      if (e.key === 'Enter' && (oneLine || e.ctrlKey || e.metaKey)) {
        e.preventDefault();
        send(4);
        if (chord) Outpost.withText(chord, (text) => _outpost_on_page_event(7, id, text));
        return;
      }
      const moves = oneLine && !chord && !/^(date|time|datetime-local|number)$/.test(field.type) &&
        /^(ArrowUp|ArrowDown|PageUp|PageDown)$/.test(e.key);
      if (moves) e.preventDefault();
      const editing = /^Ctrl\+(Shift\+)?([ACVXZY]|Arrow\w+|Backspace|Delete|Home|End)$/.test(chord);
      if (moves || (chord && !editing)) {
        if (Outpost.chords.has(chord)) e.preventDefault();
        Outpost.withText(moves ? e.key : chord, (text) => _outpost_on_page_event(7, id, text));
      }
    },

    listenKeys() {
      window.addEventListener('keydown', (e) => {
        Outpost.keyDown(e);
        if (!e.repeat) _outpost_answer_now();
      });
      // Also in a field: the key may have gone down before that had the focus.
      window.addEventListener('keyup', (e) => {
        Outpost.withText(e.key, (key) => _outpost_on_key(key, 0, Outpost.modifiers(e)));
      });
      window.addEventListener('blur', () => _outpost_on_window_focus(0));
      window.addEventListener('focus', () => _outpost_on_window_focus(1));
      document.addEventListener('visibilitychange', () => {
        if (document.hidden && Outpost.frame) { cancelAnimationFrame(Outpost.frame); Outpost.frame = 0; }
        _outpost_on_visibility(document.hidden ? 0 : 1);
        Outpost.request();
      });
    },

    listenClipboard() {
      const copy = (e, cut) => {
        if (Outpost.fieldOf(e.target)) return;
        Outpost.copied = null;
        _outpost_on_copy(cut);  // the page's widgets answer through outpost_js_copy_text
        if (Outpost.copied !== null) { e.clipboardData.setData('text/plain', Outpost.copied); e.preventDefault(); }
        Outpost.copied = undefined;
      };
      document.addEventListener('copy', (e) => copy(e, 0));
      document.addEventListener('cut', (e) => copy(e, 1));
      document.addEventListener('paste', (e) => {
        if (Outpost.fieldOf(e.target)) return;
        if (e.clipboardData.files.length) Outpost.giveFiles(e.clipboardData.files, 0);
        else Outpost.withText(e.clipboardData.getData('text/plain'), (text) => _outpost_on_page_event(9, 0, text));
        e.preventDefault();
      });
      Outpost.copied = undefined;
    },

    // ---- glyphs ----
    fontContext: null, fontSet: '', fontCanvas: null, segmenter: null,
    fontStack(lang) {
      const han = /^zh-(TW|HK|Hant)/i.test(lang)
        ? '"PingFang TC","Microsoft JhengHei","Noto Sans CJK TC","Noto Sans TC"'
        : /^ja/i.test(lang) ? '"Hiragino Sans","Yu Gothic UI","Noto Sans CJK JP","Noto Sans JP"'
          : '"PingFang SC","Microsoft YaHei UI","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC"';
      return 'Inter,"Segoe UI Variable Text","Segoe UI",system-ui,-apple-system,Roboto,"Noto Sans","Liberation Sans",' +
        han + ',"Apple Color Emoji","Segoe UI Emoji","Noto Color Emoji",sans-serif';
    },
    setFont(weight, pixels) {
      const font = `${weight} ${pixels}px ${Outpost.stack}`;
      if (!Outpost.fontContext) {
        Outpost.fontCanvas = document.createElement('canvas');
        Outpost.sizeFontCanvas(256, 128);
      }
      if (Outpost.fontSet !== font) { Outpost.fontContext.font = font; Outpost.fontSet = font; }
      return Outpost.fontContext;
    },
    sizeFontCanvas(width, height) {
      Outpost.fontCanvas.width = width;
      Outpost.fontCanvas.height = height;
      const context = Outpost.fontContext ??= Outpost.fontCanvas.getContext('2d', { willReadFrequently: true });
      context.fontKerning = 'none';
      if ('lang' in context) context.lang = document.documentElement.lang || 'en';
      context.textBaseline = 'alphabetic';
      context.textAlign = 'left';
      Outpost.fontSet = '';
    },
    setFontLanguage(lang) {
      Outpost.stack = Outpost.fontStack(lang);
      document.documentElement.style.setProperty('--font', Outpost.stack);
      Outpost.fontSet = '';
      if (Outpost.fontContext && 'lang' in Outpost.fontContext) Outpost.fontContext.lang = lang;
    },
  },

  outpost_js_start__deps: ['$Outpost', '$OutpostMirror', '$OutpostBrowser'],
  outpost_js_start: () => {
    performance.mark('outpost-started');
    Outpost.hold();
    Outpost.root = document.getElementById('app');
    Outpost.canvas = document.getElementById('canvas');
    Outpost.mirror = document.getElementById('mirror');
    Outpost.setFontLanguage(document.documentElement.lang || navigator.language || 'en');
    OutpostBrowser.start();
    Outpost.measure();
    Outpost.watchSize();
    Outpost.listenPointer();
    Outpost.listenKeys();
    Outpost.listenClipboard();
    OutpostMirror.start();
    Outpost.canvas.addEventListener('webglcontextlost', (e) => { e.preventDefault(); _outpost_on_context(0); });
    Outpost.canvas.addEventListener('webglcontextrestored', () => _outpost_on_context(1));
  },

  outpost_js_is_frame_held__deps: ['$Outpost'],
  outpost_js_is_frame_held: () => Outpost.isHeld ? 1 : 0,

  outpost_js_request_frame__deps: ['$Outpost'],
  outpost_js_request_frame: () => Outpost.request(),

  outpost_js_request_frame_soon__deps: ['$Outpost'],
  outpost_js_request_frame_soon: () => Outpost.requestSoon(),

  outpost_js_wake_after__deps: ['$Outpost'],
  outpost_js_wake_after: (milliseconds) => {
    clearTimeout(Outpost.timer);
    Outpost.timer = milliseconds < 0 ? 0 : setTimeout(() => { Outpost.timer = 0; Outpost.request(); }, milliseconds);
  },

  outpost_js_first_frame__deps: ['$Outpost'],
  outpost_js_first_frame: () => {
    document.getElementById('loading')?.remove();
    document.documentElement.dataset.drawn = '1';
    performance.mark('outpost-first-frame');
    globalThis.outpostBoot?.afterFirstFrame();
  },

  outpost_js_set_cursor__deps: ['$Outpost'],
  outpost_js_set_cursor: (cursor) => {
    const names = { 0: 'default', 1: 'text', 2: 'move', 3: 'ns-resize', 4: 'ew-resize', 5: 'nesw-resize',
      6: 'nwse-resize', 7: 'pointer', 8: 'wait', 9: 'progress', 10: 'not-allowed' };
    Outpost.root.style.cursor = names[cursor] ?? 'default';
  },

  outpost_js_claim_shortcuts__deps: ['$Outpost'],
  outpost_js_claim_shortcuts: (lines, length) => { Outpost.chords = new Set(Outpost.text(lines, length).split('\n')); },

  outpost_js_show_failure__deps: ['$Outpost'],
  outpost_js_show_failure: (text, length) => {
    const boot = globalThis.outpostBoot;
    boot?.fail(Outpost.text(text, length) || boot.texts.noWebGL);
  },

  outpost_js_font_metrics__deps: ['$Outpost'],
  outpost_js_font_metrics__sig: 'vidp',
  outpost_js_font_metrics: (weight, pixels, metrics) => {
    const context = Outpost.setFont(weight, pixels);
    const line = context.measureText('Hg');
    const at = metrics >>> 2;
    HEAPF32[at] = line.fontBoundingBoxAscent;
    HEAPF32[at + 1] = line.fontBoundingBoxDescent;
    for (let c = 32; c < 127; c++) HEAPF32[at + 2 + c - 32] = context.measureText(String.fromCharCode(c)).width;
  },

  outpost_js_draw_glyph__deps: ['$Outpost', '$OutpostLines'],
  outpost_js_draw_glyph__sig: 'dpiidppi',
  outpost_js_draw_glyph: (pointer, length, weight, pixels, shape, rgba, capacity) => {
    const { text, direction, ink } = OutpostLines.parse(Outpost.text(pointer, length));
    let context = Outpost.setFont(weight, pixels);
    context.direction = direction;
    const size = context.measureText(text);
    const left = Math.floor(-size.actualBoundingBoxLeft) - 1, top = Math.floor(-size.actualBoundingBoxAscent) - 1;
    const width = Math.ceil(size.actualBoundingBoxRight) + 1 - left;
    const height = Math.ceil(size.actualBoundingBoxDescent) + 1 - top;
    const empty = width <= 2 || height <= 2;
    const at = shape >>> 2;
    HEAP32[at] = left;
    HEAP32[at + 1] = top;
    HEAP32[at + 2] = empty ? 0 : width;
    HEAP32[at + 3] = empty ? 0 : height;
    if (!empty && width * height * 4 <= capacity) {
      const canvas = Outpost.fontCanvas;
      if (canvas.width < width || canvas.height < height) {
        Outpost.sizeFontCanvas(Math.max(canvas.width, width), Math.max(canvas.height, height));
        context = Outpost.setFont(weight, pixels);
        context.direction = direction;
      }
      context.clearRect(0, 0, width, height);
      context.fillStyle = ink || '#fff';
      context.fillText(text, -left, -top);
      HEAPU8.set(context.getImageData(0, 0, width, height).data, rgba);
    }
    return size.width;
  },

  outpost_js_segment__deps: ['$Outpost'],
  outpost_js_segment__sig: 'ppi',
  outpost_js_segment: (pointer, length) => {
    const text = Outpost.text(pointer, length);
    Outpost.segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
    // Scripts whose letters take their shape from their neighbours are kept together by word; anything else
    // that is more than one code point, or beyond the first plane, is a cluster of its own.
    const joining = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Thai}\p{Script=Lao}\p{Script=Tibetan}\p{Script=Myanmar}\p{Script=Khmer}]/u;
    const pieces = [];
    let run = '';
    const close = () => {
      if (run) pieces.push('\x02' + run);
      run = '';
    };
    for (const { segment } of Outpost.segmenter.segment(text)) {
      if (joining.test(segment)) {
        run += segment;
      } else {
        close();
        const single = [...segment].length === 1 && segment.codePointAt(0) < 0x10000;
        pieces.push(single ? segment : '\x02' + segment);
      }
    }
    close();
    return stringToNewUTF8(pieces.join('\x01'));
  },
});
