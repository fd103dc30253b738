// The semantics mirror's DOM: carries out the command buffer that web/mirror.cpp writes, and tells it what the
// person (or assistive technology, or a test) did to its elements. All comparing is done in C++.
addToLibrary({
  $OutpostMirror__deps: ['$Outpost'],
  $OutpostMirror: {
    attributes: ['role', 'aria-label', 'tabindex', 'aria-disabled', 'aria-checked', 'aria-selected', 'aria-expanded',
      'aria-haspopup', 'aria-required', 'aria-invalid', 'aria-readonly', 'aria-modal', 'aria-current', 'aria-sort',
      'aria-live', 'aria-valuetext', 'aria-valuenow', 'aria-description', 'placeholder', 'href', 'aria-keyshortcuts',
      'aria-level', 'aria-rowindex', 'aria-colindex', 'aria-rowcount', 'aria-colcount', 'aria-posinset',
      'aria-setsize', 'hidden', 'type', 'inputmode', 'autocomplete', 'enterkeyhint', 'disabled', 'readonly',
      'spellcheck', 'class', 'aria-pressed', 'dir', 'aria-controls', 'aria-activedescendant', 'aria-autocomplete',
      'aria-multiselectable'],
    nodes: new Map(),
    tags: ['div', 'a', 'input', 'textarea'],
    voice: 0,

    start() {
      const { mirror } = Outpost;
      mirror.nodes = OutpostMirror.nodes;
      mirror.addEventListener('focusin', (e) => {
        if (Outpost.applying) return;
        _outpost_on_page_event(Outpost.quietFocus ? 101 : 1, Outpost.idOf(e.target), 0);
      });
      mirror.addEventListener('focusout', (e) => {
        if (Outpost.applying) return;
        const field = Outpost.fieldOf(e.target);
        if (field) Outpost.withText(field.value, (text) => _outpost_on_page_event(2, Outpost.idOf(e.target), text));
        else _outpost_on_page_event(2, Outpost.idOf(e.target), 0);
      });
      const edited = (e) => {
        if (e.isComposing && e.type === 'input') return;  // half a word of an input method is no value yet
        const id = Outpost.idOf(e.target);
        Outpost.withText(e.target.value.normalize(), (text) => _outpost_on_page_event(3, id, text));
      };
      mirror.addEventListener('input', edited);
      mirror.addEventListener('compositionend', edited);
      mirror.addEventListener('change', edited);
      mirror.addEventListener('beforematch', (e) => OutpostMirror.reveal(e.target));
    },

    // Texts of rows that are scrolled away, for find-in-page; the browser unhides the one that it found.
    findable(grid, rows) {
      document.getElementById('findable')?.remove();
      if (!rows.length) return;
      const box = document.createElement('div');
      box.id = 'findable';
      box.dataset.grid = grid;
      for (const [index, text] of rows) {
        const row = document.createElement('div');
        row.className = 'found';
        row.setAttribute('hidden', 'until-found');
        row.dataset.row = index;
        row.textContent = text;
        box.append(row);
      }
      Outpost.mirror.append(box);
    },

    // The grid scrolls to the row that was found, and the found text lies down where the row now is.
    reveal(row) {
      const grid = row.parentElement?.dataset.grid >>> 0;
      if (!grid) return;
      Outpost.withText(row.dataset.row, (text) => _outpost_on_page_event(10, grid, text));
      for (let i = 0; i < 4; i++) _outpost_on_frame();
      const place = OutpostMirror.nodes.get(grid)?.querySelector(`[role=row][aria-rowindex="${row.dataset.row}"]`);
      if (!place) return;
      const box = place.getBoundingClientRect(), origin = Outpost.mirror.getBoundingClientRect();
      row.style.transform = `translate(${box.left - origin.left}px,${box.top - origin.top}px)`;
      row.style.height = row.style.lineHeight = box.height + 'px';
      row.style.paddingInline = '12px';
    },

    // The id in the document is for other elements to refer to.
    name(element, id) { element.id = 'n' + (element.dataset.id = id); },

    create(id, tag) {
      const element = document.createElement(OutpostMirror.tags[tag]);
      OutpostMirror.name(element, id >>> 0);
      if (tag >= 2) { element.setAttribute('autocapitalize', 'sentences'); }
      OutpostMirror.nodes.set(id >>> 0, element);
    },

    // A move keeps focus and scroll, but only within the document.
    put(container, element, before) {
      if (container.moveBefore && element.isConnected && container.isConnected) container.moveBefore(element, before);
      else container.insertBefore(element, before);
    },

    // `leaving`: those are still there, for what they hold to move out of them.
    order(parent, ids, leaving) {
      const container = parent ? OutpostMirror.nodes.get(parent >>> 0) : Outpost.mirror;
      const staying = (element) => { while (leaving.has(element)) element = element.nextElementSibling; return element; };
      let cursor = staying(container.firstElementChild);
      for (const id of ids) {
        const element = OutpostMirror.nodes.get(id >>> 0);
        if (element === cursor) {
          cursor = staying(cursor.nextElementSibling);
          continue;
        }
        // Parent and child changed places: the child's own turn to be put under its new parent comes later.
        if (element.contains(container)) OutpostMirror.put(Outpost.mirror, container, null);
        OutpostMirror.put(container, element, cursor);
      }
    },

    // Not every browser moves what has the focus without taking it away; and what was removed has lost it for good.
    keepFocus(element, from, to) {
      if (!element || element === document.activeElement) return;
      if (element.isConnected) element.focus({ preventScroll: true });
      if (element !== document.activeElement) _outpost_on_page_event(2, Outpost.idOf(element), 0);
      else if (from !== null) element.setSelectionRange(from, to);
    },

    setText(element, text) {
      const first = element.firstChild;
      if (first && first.nodeType === 3) {
        if (text) first.nodeValue = text; else first.remove();
      } else if (text) {
        element.insertBefore(document.createTextNode(text), first);
      }
    },

    // 1: little of it is seen, 2: nothing. Such are no targets for a finger as they lie; by keys, assistive technology
    // and scripts they are reached all the same, which brings them into view.
    setAway(element, away) {
      element.away = away;
      element.style.opacity = away ? '0' : '';
      element.toggleAttribute('data-away', away === 2);
    },

    apply(buffer, count, strings, scale) {
      const { nodes, attributes } = OutpostMirror;
      const at = buffer >>> 2, commands = HEAP32.slice(at, at + count);
      const text = (offset, length) => UTF8ToString(strings + offset, length, true);
      const unit = scale / 16;  // boxes come in sixteenths of a device pixel
      const active = Outpost.mirror.contains(document.activeElement) ? document.activeElement : null;
      const field = Outpost.fieldOf(active), from = field?.selectionStart ?? null, to = field?.selectionEnd;
      const leaving = new Set();
      let focus = 0, asked = 0;
      Outpost.applying = true;
      for (let i = 0; i < count;) {
        const op = commands[i], id = commands[i + 1] >>> 0, element = nodes.get(id);
        switch (op) {
          case 1: OutpostMirror.create(id, commands[i + 2]); i += 3; break;
          case 2: leaving.add(element); nodes.delete(id); i += 2; break;
          case 3: {
            const style = element.style;
            style.transform = `translate(${commands[i + 2] * unit}px,${commands[i + 3] * unit}px)`;
            style.width = commands[i + 4] * unit + 'px';
            style.height = commands[i + 5] * unit + 'px';
            if ((element.away | 0) !== commands[i + 6]) OutpostMirror.setAway(element, commands[i + 6]);
            i += 7;
            break;
          }
          case 4: OutpostMirror.setText(element, text(commands[i + 2], commands[i + 3])); i += 4; break;
          case 5: {
            const name = attributes[commands[i + 2]], length = commands[i + 4];
            if (length < 0) element.removeAttribute(name); else element.setAttribute(name, text(commands[i + 3], length));
            i += 5;
            break;
          }
          case 6: {  // the look of a field while it is edited: font size, colour, alignment, padding
            const style = element.style, colour = commands[i + 3] >>> 0, size = commands[i + 2] * unit;
            style.fontSize = size + 'px';
            style.setProperty('--ink', `rgba(${colour & 255},${colour >> 8 & 255},${colour >> 16 & 255},${(colour >>> 24) / 255})`);
            style.textAlign = ['left', 'center', 'right'][commands[i + 4]];
            style.paddingInline = commands[i + 5] * unit + 'px';
            style.paddingBlock = element.tagName === 'TEXTAREA' ? commands[i + 6] * unit + 'px' : '0';
            style.lineHeight = element.tagName === 'TEXTAREA' ? commands[i + 7] * unit + 'px' : '';
            i += 8;
            break;
          }
          case 7: {
            const value = text(commands[i + 2], commands[i + 3]);
            if (element.value !== value) element.value = value;
            i += 4;
            break;
          }
          case 8: focus = id; asked = commands[i + 2]; i += 3; break;
          case 9: {
            const length = commands[i + 2];
            OutpostMirror.order(id, commands.subarray(i + 3, i + 3 + length), leaving);
            i += 3 + length;
            break;
          }
          case 10: element.style.zIndex = commands[i + 2]; i += 3; break;
          case 11:
            element.style.clipPath = commands[i + 2] < 0 ? '' :
              `inset(${commands[i + 2] * unit}px ${commands[i + 3] * unit}px ${commands[i + 4] * unit}px ${commands[i + 5] * unit}px)`;
            i += 6;
            break;
          case 12: {  // a row's element becomes another row's
            const to = commands[i + 2] >>> 0;
            nodes.delete(id);
            nodes.set(to, element);
            OutpostMirror.name(element, to);
            i += 3;
            break;
          }
          case 13: {
            const length = commands[i + 2], rows = [];
            for (let k = 0; k < length; k++) {
              const from = i + 3 + 3 * k;
              rows.push([commands[from], text(commands[from + 1], commands[from + 2])]);
            }
            OutpostMirror.findable(id, rows);
            i += 3 + 3 * length;
            break;
          }
        }
      }
      for (const element of leaving) element.remove();
      if (focus) {
        const element = nodes.get(focus);
        if (element && document.activeElement !== element) {
          element.focus({ preventScroll: true });
          // What is of several lines is gone on with, what is of one is replaced.
          if (element.tagName === 'TEXTAREA') element.setSelectionRange(element.value.length, element.value.length);
          else if (Outpost.fieldOf(element)) element.select();
          if (!asked && Outpost.fieldOf(element)) _outpost_on_page_event(1, focus, 0);
        }
      } else {
        OutpostMirror.keepFocus(active, from, to);
      }
      Outpost.applying = false;
    },
  },

  outpost_js_mirror__deps: ['$OutpostMirror'],
  outpost_js_mirror__sig: 'vpipd',
  outpost_js_mirror: (commands, count, strings, scale) => OutpostMirror.apply(commands, count, strings, scale),

  outpost_js_paint_mirror__deps: ['$Outpost'],
  outpost_js_paint_mirror__sig: 'vi',
  outpost_js_paint_mirror: (painted) => { Outpost.mirror.style.opacity = painted ? '' : '0'; },

  // Two regions in turn, so that the same words said twice are heard twice.
  outpost_js_announce__deps: ['$OutpostMirror'],
  outpost_js_announce__sig: 'vpi',
  outpost_js_announce: (text, length) => {
    const voices = document.querySelectorAll('#voices > div');
    if (!voices.length) return;
    OutpostMirror.voice ^= 1;
    voices[OutpostMirror.voice].textContent = Outpost.text(text, length);
    voices[OutpostMirror.voice ^ 1].textContent = '';
  },

  outpost_js_set_document__deps: ['$Outpost'],
  outpost_js_set_document__sig: 'vpipi',
  outpost_js_set_document: (title, titleLength, language, languageLength) => {
    document.title = Outpost.text(title, titleLength);
    const lang = Outpost.text(language, languageLength);
    if (lang && document.documentElement.lang !== lang) {
      document.documentElement.lang = lang;
      Outpost.setFontLanguage(lang);
    }
  },
});
