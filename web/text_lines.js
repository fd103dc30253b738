// Lines that mix directions: the browser's own layout says what stands where (Unicode's bidirectional algorithm).
// Called by: web/font_shaper.cpp.
addToLibrary({
  $OutpostLines__deps: ['$Outpost'],
  $OutpostLines: {
    ruler: null,

    // The text of a whole line: a direction mark, a colour where emoji stand among the letters, U+0003, the line.
    parse(text) {
      const end = text.charCodeAt(0) === 0x200F || text.charCodeAt(0) === 0x200E ? text.indexOf('\x03') : -1;
      if (end < 0) return { text, direction: 'ltr', ink: '' };
      return { text: text.slice(end + 1), direction: text.charCodeAt(0) === 0x200F ? 'rtl' : 'ltr', ink: text.slice(1, end) };
    },

    // A line of the page's own, unseen, that can be asked where its letters are.
    measure(line, rightToLeft, from, to, font) {
      let { ruler } = OutpostLines;
      if (!ruler) {
        ruler = OutpostLines.ruler = document.createElement('div');
        ruler.className = 'ruler';
        ruler.setAttribute('aria-hidden', 'true');
        document.body.append(ruler);
      }
      ruler.style.font = font;
      ruler.dir = rightToLeft ? 'rtl' : 'ltr';
      ruler.textContent = line;
      const range = document.createRange();
      range.setStart(ruler.firstChild, from);
      range.setEnd(ruler.firstChild, to);
      const left = ruler.getBoundingClientRect().left;
      const rects = [...range.getClientRects()].map((rect) => [rect.left - left, rect.right - left]);
      ruler.textContent = '';
      return rects;
    },
  },

  outpost_js_text_spans__deps: ['$OutpostLines'],
  outpost_js_text_spans__sig: 'ipiipipiidpi',
  outpost_js_text_spans: (line, lineLength, rightToLeft, before, beforeLength, inside, insideLength, weight, pixels, places, most) => {
    const from = Outpost.text(before, beforeLength).length;
    const to = from + Outpost.text(inside, insideLength).length;
    const rects = OutpostLines.measure(Outpost.text(line, lineLength), rightToLeft, from, to,
      `${weight} ${pixels}px ${Outpost.stack}`).slice(0, most);
    const at = places >>> 2;
    rects.forEach(([left, right], i) => { HEAPF32[at + 2 * i] = left; HEAPF32[at + 2 * i + 1] = right; });
    return rects.length;
  },
});
